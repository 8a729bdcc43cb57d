package io.utter.model;

import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of a batch of sequences in every layer, in memory that the transformer updates in place. Layout per tensor:
 * [rows, heads, capacity, headWidth]. The first n rows of it are a batch of n, and a single row is a batch of one, without anything being
 * copied. Belongs to one thread at a time.
 */
final class KeyValueCache implements AutoCloseable {
    /** One tensor's memory, freed with its arena. */
    private record Block(Arena arena, MemorySegment memory) {
        static Block of(long floats) {
            Arena arena = Arena.ofShared();
            return new Block(arena, arena.allocate(floats * Float.BYTES, Long.BYTES));
        }
    }

    private final Network network;
    private final List<String> names = new ArrayList<>();
    private final int heads;
    private final int headWidth;
    private final Map<String, Block> blocks = new HashMap<>();
    private final Map<Integer, CacheView> batches = new HashMap<>();
    private int rows;
    private int capacity;

    KeyValueCache(Network network, Manifest.Semantic shape) {
        this.network = network;
        this.heads = shape.heads();
        this.headWidth = shape.width() / shape.heads();
        for (int layer = 0; layer < shape.layers(); layer++) {
            names.add("key." + layer);
            names.add("value." + layer);
        }
    }

    int rows() {
        return rows;
    }

    /** Positions that a row can hold. */
    int capacity() {
        return capacity;
    }

    long bytes() {
        return (long) names.size() * rows * rowFloats(capacity) * Float.BYTES;
    }

    private long rowFloats(int capacity) {
        return (long) heads * capacity * headWidth;
    }

    /**
     * Takes another extent; what is in the rows stays.
     *
     * @param lengths positions that are filled, by row
     */
    void resize(int newRows, int newCapacity, int[] lengths) {
        forgetViews();
        for (String name : names) {
            Block larger = Block.of(newRows * rowFloats(newCapacity));
            Block old = blocks.put(name, larger);
            if (old != null) {
                for (int row = 0; row < Math.min(rows, newRows); row++) {
                    for (int head = 0; head < heads; head++) {
                        copy(old.memory, offset(row, head, capacity), larger.memory, offset(row, head, newCapacity), lengths[row]);
                    }
                }
                old.arena.close();
            }
        }
        rows = newRows;
        capacity = newCapacity;
    }

    private long offset(int row, int head, int capacity) {
        return ((long) row * heads + head) * capacity * headWidth * Float.BYTES;
    }

    private void copy(MemorySegment from, long fromOffset, MemorySegment to, long toOffset, int positions) {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, fromOffset, to, ValueLayout.JAVA_BYTE, toOffset, (long) positions * headWidth * Float.BYTES);
    }

    /** Exchanges what two rows hold: so many positions of the one, so many of the other. */
    void exchange(int a, int positionsOfA, int b, int positionsOfB) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment aside = arena.allocate(Math.max(1, (long) positionsOfA * headWidth * Float.BYTES));
            for (String name : names) {
                MemorySegment memory = blocks.get(name).memory;
                for (int head = 0; head < heads; head++) {
                    copy(memory, offset(a, head, capacity), aside, 0, positionsOfA);
                    copy(memory, offset(b, head, capacity), memory, offset(a, head, capacity), positionsOfB);
                    copy(aside, 0, memory, offset(b, head, capacity), positionsOfA);
                }
            }
        }
    }

    /** Sets all of a row to zero. */
    void clear(int row) {
        for (String name : names) {
            blocks.get(name).memory.asSlice(offset(row, 0, capacity), rowFloats(capacity) * Float.BYTES).fill((byte) 0);
        }
    }

    /** The first {@code count} rows; kept until the cache takes another extent. */
    CacheView batch(int count) {
        return batches.computeIfAbsent(count, n -> view(0, n));
    }

    /** One row; the caller closes it. */
    CacheView row(int row) {
        return view(row, 1);
    }

    private CacheView view(int firstRow, int count) {
        Map<String, Tensor> inputs = new HashMap<>();
        Map<String, Tensor> outputs = new HashMap<>();
        for (String name : names) {
            MemorySegment part = blocks.get(name).memory.asSlice(firstRow * rowFloats(capacity) * Float.BYTES, count * rowFloats(capacity) * Float.BYTES);
            Tensor tensor = network.floats(part, count, heads, capacity, headWidth);
            inputs.put(name, tensor);
            outputs.put(name + ".next", tensor);
        }
        return new CacheView(inputs, outputs);
    }

    private void forgetViews() {
        batches.values().forEach(CacheView::close);
        batches.clear();
    }

    /** Frees the memory; {@link #resize} gets new. */
    @Override
    public void close() {
        forgetViews();
        blocks.values().forEach(block -> block.arena.close());
        blocks.clear();
        rows = 0;
        capacity = 0;
    }
}
