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
 * Keys and values of all rows in every layer, in a device's memory, taken once and kept. Layout per tensor: [rows, heads, capacity,
 * headWidth]. The first n rows of it are a batch of n, and a single row is a batch of one. Belongs to one thread at a time.
 */
final class CachePool implements AutoCloseable {
    private final Device device;
    private final ElementType type;
    private final int heads;
    private final int headWidth;
    private final int capacity;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Block> blocks = new HashMap<>();
    /** One row of one tensor, where it waits while rows are exchanged. */
    private final Block aside;
    private final long bytes;

    CachePool(Device device, Manifest.Semantic shape, ElementType type, int rows, int capacity) {
        this.device = device;
        this.type = type;
        this.heads = shape.heads();
        this.headWidth = shape.width() / shape.heads();
        this.capacity = capacity;
        for (int layer = 0; layer < shape.layers(); layer++) {
            names.add("key." + layer);
            names.add("value." + layer);
        }
        this.bytes = bytes(shape, type, rows, capacity);
        try {
            for (String name : names) {
                blocks.put(name, device.allocate(rows * rowBytes()));
            }
            this.aside = device.allocate(rowBytes());
        } catch (RuntimeException e) {
            blocks.values().forEach(Block::close);
            throw e;
        }
    }

    /** What a pool takes. */
    static long bytes(Manifest.Semantic shape, ElementType type, int rows, int capacity) {
        return (2L * shape.layers() * rows + 1) * shape.width() * capacity * type.bytes();
    }

    private long rowBytes() {
        return heads * headBytes();
    }

    private long headBytes() {
        return (long) capacity * positionBytes();
    }

    private long positionBytes() {
        return (long) headWidth * type.bytes();
    }

    long bytes() {
        return bytes;
    }

    /** Rows from {@code first} on, for a session on the device. */
    CacheView view(DeviceSession session, int first, int count) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        for (String name : names) {
            Tensor tensor = session.over(blocks.get(name), first * rowBytes(), type, count, heads, capacity, headWidth);
            inputs.put(name, tensor);
            outputs.put(name + ".next", tensor);
        }
        return new CacheView(inputs, outputs);
    }

    /** Exchanges what two rows hold: so many positions of the one, so many of the other. */
    void exchange(int a, int positionsOfA, int b, int positionsOfB) {
        long ofA = positionsOfA * positionBytes();
        long ofB = positionsOfB * positionBytes();
        for (Block block : blocks.values()) {
            device.copy(block, a * rowBytes(), headBytes(), aside, 0, headBytes(), ofA, heads);
            device.copy(block, b * rowBytes(), headBytes(), block, a * rowBytes(), headBytes(), ofB, heads);
            device.copy(aside, 0, headBytes(), block, b * rowBytes(), headBytes(), ofA, heads);
        }
    }

    /** Sets all of a row to zero. */
    void clear(int row) {
        blocks.values().forEach(block -> device.clear(block, row * rowBytes(), rowBytes()));
    }

    @Override
    public void close() {
        blocks.values().forEach(Block::close);
        aside.close();
    }
}
