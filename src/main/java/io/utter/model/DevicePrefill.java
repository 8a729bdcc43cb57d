package io.utter.model;

import io.utter.model.ort.Block;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The first pass over a sequence in a device's memory. It writes into the pool's draft and takes the next longer extent of which there are few;
 * an extent that comes again is captured.
 */
final class DevicePrefill implements AutoCloseable {
    /** Extents are multiples of this, which the rows behind a sequence fill. */
    private static final int EXTENT = 64;

    private record Extent(int rows, boolean features) {}

    private final Device device;
    private final DeviceSession session;
    private final AtomicInteger captures;
    private final CachePool caches;
    private final Manifest.Semantic shape;
    private final int capacity;
    /** [1, tokens] */
    private final Block logits;
    private final Arena memory = Arena.ofShared();
    /** Token ids and positions [2, capacity], phones [1], read [1]. */
    private final MemorySegment sent;
    private final Block inputs;
    /** Row numbers [capacity], then a zero. */
    private final Block constants;
    /** A zero, then features [capacity, width]. */
    private final MemorySegment sentFeatures;
    private final Block features;
    private final Set<Extent> seen = new HashSet<>();
    private final Map<Extent, BoundRun> captured = new HashMap<>();

    DevicePrefill(Device device, DeviceSession session, AtomicInteger captures, CachePool caches, Manifest.Semantic shape, int capacity) {
        this.device = device;
        this.session = session;
        this.captures = captures;
        this.caches = caches;
        this.shape = shape;
        this.capacity = capacity;
        this.logits = device.allocate((long) shape.tokens() * Float.BYTES);
        this.sent = device.staging((2L * capacity + 2) * Long.BYTES, memory);
        this.inputs = device.allocate(sent.byteSize());
        this.constants = device.allocate((capacity + 1L) * Long.BYTES);
        this.sentFeatures = device.staging(shape.featureWidth() == 0 ? Float.BYTES : (1L + (long) capacity * shape.width()) * Float.BYTES, memory);
        this.features = device.allocate(sentFeatures.byteSize());
        MemorySegment numbers = device.staging(constants.bytes(), memory);
        for (int row = 0; row < capacity; row++) {
            numbers.setAtIndex(ValueLayout.JAVA_LONG, row, row);
        }
        numbers.setAtIndex(ValueLayout.JAVA_LONG, capacity, 0);
        device.write(numbers, constants, 0);
        device.await();
    }

    /**
     * Enqueues the pass.
     *
     * @param feature added to the embedding, [rows, width], or one zero
     * @param scores where the last row's scores go, [tokens]; there after the device is waited for
     */
    void run(PrefillInputs rows, float[] feature, MemorySegment scores) {
        int count = rows.ids().length;
        Extent extent = new Extent(Math.min(capacity, Math.ceilDiv(count, EXTENT) * EXTENT), feature.length > 1);
        send(rows, count);
        if (extent.features) {
            MemorySegment values = sentFeatures.asSlice(Float.BYTES, (long) feature.length * Float.BYTES);
            MemorySegment.copy(feature, 0, values, ValueLayout.JAVA_FLOAT, 0, feature.length);
            device.write(values, features, Float.BYTES);
        }
        BoundRun kept = captured.get(extent);
        if (kept != null) {
            kept.run();
        } else if (!seen.add(extent)) {
            kept = prepare(extent, true);
            captured.put(extent, kept);
            kept.run();
        } else {
            try (BoundRun once = prepare(extent, false)) {
                once.run();
                device.await(); // before its tensors go
            }
        }
        device.read(logits, 0, scores);
    }

    /** Rows behind the sequence read what was there before, which is some token. */
    private void send(PrefillInputs rows, int count) {
        MemorySegment.copy(rows.ids(), 0, sent, ValueLayout.JAVA_LONG, 0, count);
        MemorySegment.copy(rows.positions(), 0, sent, ValueLayout.JAVA_LONG, (long) capacity * Long.BYTES, count);
        sent.setAtIndex(ValueLayout.JAVA_LONG, 2L * capacity, rows.phones());
        sent.setAtIndex(ValueLayout.JAVA_LONG, 2L * capacity + 1, count - 1);
        device.write(sent, inputs, 0);
    }

    private BoundRun prepare(Extent extent, boolean capture) {
        int rows = extent.rows;
        CacheView view = caches.draft(session);
        Map<String, Tensor> in = new HashMap<>();
        in.put("token", over(inputs, 0, rows));
        in.put("position", over(inputs, capacity, rows));
        in.put("phones", over(inputs, 2 * capacity, 1));
        in.put("read", over(inputs, 2 * capacity + 1, 1));
        in.put("row", over(constants, 0, rows));
        in.put("write", over(constants, capacity, 1));
        in.put("feature", extent.features ? session.over(features, Float.BYTES, ElementType.FLOAT, rows, shape.width())
                : session.over(features, 0, ElementType.FLOAT, 1, 1));
        Tensor result = session.over(logits, 0, ElementType.FLOAT, 1, shape.tokens());
        List<Tensor> own = Stream.concat(in.values().stream(), Stream.of(result)).toList();
        in.putAll(view.inputs());
        Map<String, Tensor> out = new HashMap<>(view.outputs());
        out.put("logits", result);
        return new BoundRun(capture ? session.bindCaptured(in, out, captures.incrementAndGet()) : session.bind(in, out), own, view);
    }

    private Tensor over(Block block, int first, int count) {
        return session.over(block, (long) first * Long.BYTES, ElementType.INT64, count);
    }

    @Override
    public void close() {
        captured.values().forEach(BoundRun::close);
        features.close();
        constants.close();
        inputs.close();
        logits.close();
        memory.close();
    }
}
