package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Block;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Rows of the transformer that are decoded together in a device's memory. All of it is taken at the start and stays where it is; a step takes
 * 24 bytes a row to the device and brings one row of scores back for each. Steps have sizes of which there are few, each with its own
 * capture, and go over rows that stand still or are free: those compute something that nobody looks at.
 */
final class DeviceBatch implements TokenDecoder {
    /** Sizes beyond the powers of two up to 16: a step of many rows costs more the more they are. */
    private static final int FINE = 16;
    /** Least of the powers of two that a capture may take for an upper bound of the caches' filled positions. */
    private static final int LEAST_BOUND = 512;
    /** Token, position, filled: what a step reads of each row. */
    private static final int ROW_INPUTS = 3;

    private record Size(int rows, int bound) {}

    private final SemanticModel model;
    private final Manifest.Semantic shape;
    private final Device device;
    private final DevicePrefill prefill;
    private final DeviceSession decode;
    private final AtomicInteger captures;
    /** Whether the graph wants to know an upper bound of what is filled: its operator for a step of attention does. */
    private final boolean bounded;
    private final int maxRows;
    private final int capacity;
    private final boolean repeatable;
    private final CachePool caches;
    private final RowStates rows;
    private final Arena memory = Arena.ofShared();
    /** [token, position, filled] x [maxRows], as it is sent to the device. */
    private final MemorySegment sent;
    private final Block inputs;
    /** [maxRows, tokens], as it comes back. */
    private final MemorySegment received;
    private final Block logits;
    private final float[] scores;
    private final Map<Size, BoundRun> steps = new HashMap<>();

    /**
     * @param captures numbers of captures that the session has already
     * @param cacheType of keys and values
     * @param maxRows rows
     * @param capacity positions of a row
     * @param repeatable whether all steps have one size, so that a row's sums come out the same however many others there are
     */
    DeviceBatch(SemanticModel model, Device device, DeviceSession prefill, DeviceSession decode, AtomicInteger captures,
            ElementType cacheType, int maxRows, int capacity, boolean repeatable) {
        this.model = model;
        this.shape = model.shape();
        this.device = device;
        this.decode = decode;
        this.captures = captures;
        this.bounded = cacheType != ElementType.FLOAT;
        this.maxRows = maxRows;
        this.capacity = capacity;
        this.repeatable = repeatable;
        this.rows = new RowStates(maxRows);
        this.scores = new float[shape.tokens()];
        this.sent = device.staging((long) ROW_INPUTS * maxRows * Long.BYTES, memory);
        this.received = device.staging(maxRows * scoreBytes(), memory);
        this.inputs = device.allocate(sent.byteSize());
        this.logits = device.allocate(received.byteSize());
        this.caches = new CachePool(device, shape, cacheType, maxRows, capacity);
        this.prefill = new DevicePrefill(device, prefill, captures, caches, shape, capacity);
        if (device.captures()) {
            captureAll();
        }
    }

    /** Captures steps of all sizes, which takes some milliseconds each and would hold up those who speak. */
    private void captureAll() {
        for (int rows = size(1); rows != 0; rows = rows == maxRows ? 0 : size(rows + 1)) {
            for (int bound = firstBound(); bound != 0; bound = bound == capacity ? 0 : Math.min(2 * bound, capacity)) {
                BoundRun step = newStep(new Size(rows, bound));
                steps.put(new Size(rows, bound), step);
                step.run();
            }
        }
        device.await();
    }

    private long scoreBytes() {
        return (long) shape.tokens() * Float.BYTES;
    }

    @Override
    public Manifest.Semantic shape() {
        return shape;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public float[] prefill(int row, int[] phones, float[] features, int[] prompt) {
        int count = phones.length + prompt.length;
        if (count > capacity) {
            throw new IllegalArgumentException(count + " positions in a row of " + capacity);
        }
        rows.begin(row);
        if (rows.takeSpoilt(row)) {
            caches.clear(row);
        }
        try {
            prefill.run(PrefillInputs.of(shape, phones, prompt), model.feature(features, count), scoresOf(row));
            caches.keep(row, count);
            device.await();
        } catch (OrtFailure e) {
            throw failed("prefill", e);
        }
        rows.prefilled(row, count, prompt.length, firstScore(row));
        return scores(row);
    }

    private MemorySegment scoresOf(int row) {
        return received.asSlice(row * scoreBytes(), scoreBytes());
    }

    private static UtterException.Failed failed(String graph, OrtFailure e) {
        return new UtterException.Failed("inference_failed", "graph " + graph + " failed: " + e.getMessage(), e);
    }

    private void receive(int firstRow, int rows) {
        device.read(logits, firstRow * scoreBytes(), received.asSlice(firstRow * scoreBytes(), rows * scoreBytes()));
        device.await();
    }

    @Override
    public void step(int[] next) {
        int rows = next.length;
        while (rows > 0 && next[rows - 1] == NONE) {
            rows--;
        }
        int size = size(rows);
        for (int row = 0; row < size; row++) {
            send(row, row < rows ? next[row] : NONE);
        }
        run(steps.computeIfAbsent(new Size(size, bound(size)), this::newStep), 0, rows);
        for (int row = 0; row < rows; row++) {
            if (next[row] != NONE) {
                advance(row);
            }
        }
    }

    /** Rows of the smallest step that has these. */
    private int size(int rows) {
        if (repeatable) {
            return maxRows;
        }
        int power = rows <= 1 ? 1 : Integer.highestOneBit(rows - 1) << 1;
        return Math.min(maxRows, power <= FINE ? power : Math.ceilDiv(rows, FINE) * FINE);
    }

    private int firstBound() {
        return bounded && !repeatable ? Math.min(LEAST_BOUND, capacity) : capacity;
    }

    /** What no row has filled more of after the step. */
    private int bound(int rows) {
        int needed = this.rows.longest(rows) + 1;
        if (needed > capacity) {
            throw new IllegalStateException("a row of " + capacity + " positions is full");
        }
        int bound = firstBound();
        while (bound < needed) {
            bound *= 2;
        }
        return Math.min(bound, capacity);
    }

    /** A row that stands still reads some token and writes where its next step will write over it; a free one where its prefill will. */
    private void send(int row, int next) {
        sent.setAtIndex(ValueLayout.JAVA_LONG, row, shape.phones() + Math.max(0, next));
        sent.setAtIndex(ValueLayout.JAVA_LONG, maxRows + row, rows.tokens(row));
        sent.setAtIndex(ValueLayout.JAVA_LONG, 2L * maxRows + row, Math.min(rows.length(row), capacity - 1));
    }

    private void run(BoundRun step, int firstRow, int rows) {
        try {
            device.write(sent, inputs, 0);
            step.run();
            receive(firstRow, rows);
        } catch (OrtFailure e) {
            throw failed("decode", e);
        }
    }

    private BoundRun newStep(Size size) {
        return newStep(0, size, captures.incrementAndGet());
    }

    /** @param capture its number, or 0 for a step that is not to be kept */
    private BoundRun newStep(int first, Size size, int capture) {
        int rows = size.rows;
        CacheView view = caches.view(decode, first, rows);
        Map<String, Tensor> in = new HashMap<>();
        in.put("token", decode.over(inputs, (long) first * Long.BYTES, ElementType.INT64, rows));
        in.put("position", decode.over(inputs, (long) (maxRows + first) * Long.BYTES, ElementType.INT64, rows));
        in.put("filled", decode.over(inputs, (2L * maxRows + first) * Long.BYTES, ElementType.INT64, rows));
        if (bounded) {
            MemorySegment bound = memory.allocate(ValueLayout.JAVA_INT);
            bound.set(ValueLayout.JAVA_INT, 0, size.bound);
            in.put("most", decode.ints(bound, 1));
        }
        Tensor scores = decode.over(logits, first * scoreBytes(), ElementType.FLOAT, rows, shape.tokens());
        List<Tensor> own = Stream.concat(in.values().stream(), Stream.of(scores)).toList();
        in.putAll(view.inputs());
        Map<String, Tensor> out = new HashMap<>(view.outputs());
        out.put("logits", scores);
        try {
            return new BoundRun(capture == 0 ? decode.bind(in, out) : decode.bindCaptured(in, out, capture), own, view);
        } catch (OrtFailure e) {
            throw failed("decode", e);
        }
    }

    private float firstScore(int row) {
        return received.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * shape.tokens());
    }

    private void advance(int row) {
        rows.advance(row, firstScore(row));
    }

    @Override
    public void stepAlone(int row, int next) {
        send(row, next);
        try (BoundRun step = newStep(row, new Size(1, capacity), 0)) {
            run(step, row, 1);
        }
        advance(row);
    }

    @Override
    public float[] scores(int row) {
        MemorySegment.copy(received, ValueLayout.JAVA_FLOAT, row * scoreBytes(), scores, 0, scores.length);
        return scores;
    }

    @Override
    public void exchange(int a, int b) {
        caches.exchange(a, rows.length(a), b, rows.length(b));
        rows.exchange(a, b);
    }

    @Override
    public void forget(int row) {
        rows.forget(row);
    }

    @Override
    public long copiedBytes() {
        return device.copiedBytes();
    }

    @Override
    public long cacheBytes() {
        return caches.bytes();
    }

    @Override
    public void close() {
        device.await();
        steps.values().forEach(BoundRun::close);
        prefill.close();
        caches.close();
        logits.close();
        inputs.close();
        memory.close();
    }
}
