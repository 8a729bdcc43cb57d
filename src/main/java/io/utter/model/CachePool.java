package io.utter.model;

import io.utter.model.ort.Block;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of all rows in every layer, in one block of a device's memory, taken once and kept: [layers, key or value, rows, heads,
 * capacity, headWidth]. The first n rows of a tensor are a batch of n. A row of its own beside them, the draft, is where prefills write:
 * what is captured has one place, whichever row it is for. Belongs to one thread at a time.
 */
final class CachePool implements AutoCloseable {
    private final Device device;
    private final ElementType type;
    private final int rows;
    private final int heads;
    private final int headWidth;
    private final int capacity;
    private final List<String> names = new ArrayList<>();
    private final Block all;
    private final Block draft;

    CachePool(Device device, Manifest.Semantic shape, ElementType type, int rows, int capacity) {
        this.device = device;
        this.type = type;
        this.rows = rows;
        this.heads = shape.heads();
        this.headWidth = shape.width() / shape.heads();
        this.capacity = capacity;
        for (int layer = 0; layer < shape.layers(); layer++) {
            names.add("key." + layer);
            names.add("value." + layer);
        }
        this.draft = device.allocate(names.size() * rowBytes());
        try {
            this.all = device.allocate(names.size() * rows * rowBytes());
        } catch (RuntimeException e) {
            draft.close();
            throw e;
        }
    }

    /** What a pool takes, its draft included. */
    static long bytes(Manifest.Semantic shape, ElementType type, int rows, int capacity) {
        return 2L * shape.layers() * (rows + 1) * shape.width() * capacity * type.bytes();
    }

    private long rowBytes() {
        return heads * headBytes();
    }

    private long headBytes() {
        return capacity * positionBytes();
    }

    private long positionBytes() {
        return (long) headWidth * type.bytes();
    }

    long bytes() {
        return all.bytes() + draft.bytes();
    }

    /** Rows from {@code first} on, for a session on the device. */
    CacheView view(DeviceSession session, int first, int count) {
        return view(session, all, rows, first, count);
    }

    /** The draft. */
    CacheView draft(DeviceSession session) {
        return view(session, draft, 1, 0, 1);
    }

    private CacheView view(DeviceSession session, Block block, int blockRows, int first, int count) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Tensor tensor = session.over(block, ((long) i * blockRows + first) * rowBytes(), type, count, heads, capacity, headWidth);
            inputs.put(names.get(i), tensor);
            outputs.put(names.get(i) + ".next", tensor);
        }
        return new CacheView(inputs, outputs);
    }

    /** Copies the first positions of the draft into a row. */
    void keep(int row, int positions) {
        copy(draftBox(), row(row), positions);
    }

    /** Exchanges what two rows hold: so many positions of the one, so many of the other. */
    void exchange(int a, int positionsOfA, int b, int positionsOfB) {
        copy(row(a), draftBox(), positionsOfA);
        copy(row(b), row(a), positionsOfB);
        copy(draftBox(), row(b), positionsOfA);
    }

    private Device.Box row(int row) {
        return new Device.Box(all, row * rowBytes(), headBytes(), rows * rowBytes());
    }

    private Device.Box draftBox() {
        return new Device.Box(draft, 0, headBytes(), rowBytes());
    }

    private void copy(Device.Box from, Device.Box to, int positions) {
        device.copy(from, to, positions * positionBytes(), heads, names.size());
    }

    /** Sets all of a row to zero, and the draft, from which its values may have come. */
    void clear(int row) {
        for (long tensor = 0; tensor < names.size(); tensor++) {
            device.clear(all, (tensor * rows + row) * rowBytes(), rowBytes());
        }
        device.clear(draft, 0, draft.bytes());
    }

    @Override
    public void close() {
        all.close();
        draft.close();
    }
}
