package io.utter.model;

import io.utter.model.ort.Binding;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of the transformer that are decoded together. Every row has its place in the caches; a step runs over the first rows up to the last
 * that goes on, and a row in between that stands still computes something that nobody looks at.
 */
final class SemanticBatch implements TokenDecoder {
    /** Capacities are multiples of this, for vector registers to be full whatever the capacity is: sums then come out the same. */
    private static final int CAPACITY_BLOCK = 64;
    /** Positions for the tokens to come that a prefill makes room for. */
    private static final int ROOM = 32;
    private static final double GROWTH = 1.2;
    /** Memory is given back when so many times less would do. */
    private static final int SLACK = 4;

    /** A step over a number of rows, and the tensors that it reads and writes beside the caches. */
    private record Step(Binding binding, List<Tensor> tensors) implements AutoCloseable {
        @Override
        public void close() {
            binding.close();
            tensors.forEach(Tensor::close);
        }
    }

    private final SemanticModel model;
    private final Network network;
    private final Manifest.Semantic shape;
    private final KeyValueCache cache;
    private final int maxRows;
    private final RowStates rows;
    /** Of what is below, whose extent stays: freed at the end. */
    private final Arena memory = Arena.ofShared();
    /** [maxRows] */
    private final MemorySegment token;
    /** [maxRows] */
    private final MemorySegment position;
    /** [maxRows] */
    private final MemorySegment write;
    /** [maxRows, tokens] */
    private final MemorySegment logits;
    private final float[] scores;
    private final Map<Integer, Step> steps = new HashMap<>();
    private final Tensor noFeature;
    private final Tensor firstRow;
    /** [rows, 1, 1, capacity]: 0 up to the position that the next step writes, then {@link PrefillInputs#MASKED}. */
    private MemorySegment mask;
    /** Of the mask: freed when it gets another extent. */
    private Arena maskMemory = Arena.ofShared();

    SemanticBatch(SemanticModel model, Network network, int maxRows) {
        this.model = model;
        this.network = network;
        this.shape = model.shape();
        this.cache = new KeyValueCache(network, shape);
        this.maxRows = maxRows;
        this.rows = new RowStates(maxRows);
        this.token = memory.allocate(ValueLayout.JAVA_LONG, maxRows);
        this.position = memory.allocate(ValueLayout.JAVA_LONG, maxRows);
        this.write = memory.allocate(ValueLayout.JAVA_LONG, maxRows);
        this.logits = memory.allocate(ValueLayout.JAVA_FLOAT, (long) maxRows * shape.tokens());
        this.scores = new float[shape.tokens()];
        this.noFeature = network.floats(new float[1], 1, 1, 1);
        this.firstRow = network.longs(new long[1], 1);
    }

    @Override
    public Manifest.Semantic shape() {
        return shape;
    }

    /** A row grows as long as positions have an embedding. */
    @Override
    public int capacity() {
        return 2 * shape.maxPositions();
    }

    @Override
    public float[] prefill(int row, int[] phones, float[] features, int[] prompt) {
        int count = phones.length + prompt.length;
        rows.begin(row);
        reserve(row + 1, count + ROOM);
        if (rows.takeSpoilt(row)) {
            cache.clear(row);
        }
        PrefillInputs read = PrefillInputs.of(shape, phones, prompt);
        try (CacheView view = cache.row(row);
                Tensor idTensor = network.longs(read.ids(), 1, count);
                Tensor positionTensor = network.longs(read.positions(), 1, count);
                Tensor feature = network.floats(model.feature(features, count), model.featureShape(features, count));
                Tensor prefillMask = network.floats(read.mask(cache.capacity()), 1, 1, count, cache.capacity());
                Tensor from = network.longs(new long[1], 1);
                Tensor wanted = network.longs(new long[] {count - 1}, 1);
                Tensor result = network.floats(logits(row, 1), 1, shape.tokens())) {
            Map<String, Tensor> in = new HashMap<>(view.inputs());
            in.put("token", idTensor);
            in.put("position", positionTensor);
            in.put("feature", feature);
            in.put("mask", prefillMask);
            in.put("write", from);
            in.put("read", wanted);
            Map<String, Tensor> out = new HashMap<>(view.outputs());
            out.put("logits", result);
            try (Binding binding = network.bind(in, out)) {
                network.run(binding);
            }
        }
        rows.prefilled(row, count, prompt.length, firstScore(row));
        maskRow(row);
        return scores(row);
    }

    @Override
    public void step(int[] next) {
        int rows = next.length;
        while (rows > 0 && next[rows - 1] == NONE) {
            rows--;
        }
        reserve(rows, this.rows.longest(rows) + 1);
        for (int row = 0; row < rows; row++) {
            prepare(row, next[row]);
        }
        network.run(steps.computeIfAbsent(rows, n -> newStep(0, n, cache.batch(n))).binding);
        for (int row = 0; row < rows; row++) {
            if (next[row] != NONE) {
                advance(row);
            }
        }
    }

    /** A row that stands still reads some token and writes where its next step will write over it. */
    private void prepare(int row, int next) {
        token.setAtIndex(ValueLayout.JAVA_LONG, row, shape.phones() + Math.max(0, next));
        position.setAtIndex(ValueLayout.JAVA_LONG, row, rows.tokens(row));
        write.setAtIndex(ValueLayout.JAVA_LONG, row, rows.length(row));
    }

    private float firstScore(int row) {
        return logits.getAtIndex(ValueLayout.JAVA_FLOAT, (long) row * shape.tokens());
    }

    private void advance(int row) {
        rows.advance(row, firstScore(row));
        int length = rows.length(row);
        if (length < cache.capacity()) {
            mask.setAtIndex(ValueLayout.JAVA_FLOAT, (long) row * cache.capacity() + length, 0);
        }
    }

    /** A step of so many rows from the first one on. */
    private Step newStep(int first, int rows, CacheView view) {
        Tensor tokenTensor = network.longs(part(token, first, rows, Long.BYTES), rows, 1);
        Tensor positionTensor = network.longs(part(position, first, rows, Long.BYTES), rows, 1);
        Tensor writeTensor = network.longs(part(write, first, rows, Long.BYTES), rows);
        Tensor maskTensor = network.floats(part(mask, first, rows, maskRowBytes()), rows, 1, 1, cache.capacity());
        Tensor logitsTensor = network.floats(logits(first, rows), rows, shape.tokens());
        Map<String, Tensor> in = new HashMap<>(view.inputs());
        in.put("token", tokenTensor);
        in.put("position", positionTensor);
        in.put("write", writeTensor);
        in.put("mask", maskTensor);
        in.put("read", firstRow);
        in.put("feature", noFeature);
        Map<String, Tensor> out = new HashMap<>(view.outputs());
        out.put("logits", logitsTensor);
        return new Step(network.bind(in, out), List.of(tokenTensor, positionTensor, writeTensor, maskTensor, logitsTensor));
    }

    private static MemorySegment part(MemorySegment memory, int firstRow, int rows, long rowBytes) {
        return memory.asSlice(firstRow * rowBytes, rows * rowBytes);
    }

    private long maskRowBytes() {
        return (long) cache.capacity() * Float.BYTES;
    }

    private MemorySegment logits(int firstRow, int rows) {
        return part(logits, firstRow, rows, (long) shape.tokens() * Float.BYTES);
    }

    @Override
    public void stepAlone(int row, int next) {
        reserve(row + 1, rows.length(row) + 1);
        prepare(row, next);
        try (CacheView view = cache.row(row); Step step = newStep(row, 1, view)) {
            network.run(step.binding);
        }
        advance(row);
    }

    @Override
    public float[] scores(int row) {
        MemorySegment.copy(logits(row, 1), ValueLayout.JAVA_FLOAT, 0, scores, 0, scores.length);
        return scores;
    }

    @Override
    public void exchange(int a, int b) {
        cache.exchange(a, rows.length(a), b, rows.length(b));
        rows.exchange(a, b);
        maskRow(a);
        maskRow(b);
    }

    /** Frees the row, and memory that is not needed without it. */
    @Override
    public void forget(int row) {
        rows.forget(row);
        if (row < cache.rows()) {
            maskRow(row);
        }
        int used = rows.used();
        if (used == 0 && cache.rows() > 1) {
            dropTensors();
            cache.close();
        } else if (used > 0 && cache.rows() >= SLACK * used) {
            resize(used, cache.capacity());
        }
    }

    /** Makes room, and gives room back where far less is needed. */
    private void reserve(int rows, int positions) {
        int needed = Math.max(positions, this.rows.longest(maxRows) + 1);
        boolean fits = rows <= cache.rows() && needed <= cache.capacity();
        boolean wasteful = cache.capacity() > SLACK * blocks(needed);
        if (fits && !wasteful) {
            return;
        }
        int newRows = rows <= cache.rows() ? cache.rows() : Math.min(maxRows, Integer.highestOneBit(Math.max(1, rows - 1)) << 1);
        int newCapacity = needed <= cache.capacity() && !wasteful ? cache.capacity()
                : blocks(wasteful || cache.capacity() == 0 ? needed : Math.max(needed, (int) (cache.capacity() * GROWTH)));
        resize(Math.max(rows, newRows), newCapacity);
    }

    private static int blocks(int positions) {
        return Math.ceilDiv(positions, CAPACITY_BLOCK) * CAPACITY_BLOCK;
    }

    private void resize(int rows, int capacity) {
        dropTensors();
        cache.resize(rows, capacity, this.rows.lengths());
        maskMemory.close();
        maskMemory = Arena.ofShared();
        mask = maskMemory.allocate(ValueLayout.JAVA_FLOAT, (long) rows * capacity);
        for (int row = 0; row < rows; row++) {
            maskRow(row);
        }
    }

    private void maskRow(int row) {
        int capacity = cache.capacity();
        float[] values = new float[capacity];
        Arrays.fill(values, Math.min(capacity, rows.length(row) + 1), capacity, PrefillInputs.MASKED);
        MemorySegment.copy(values, 0, mask, ValueLayout.JAVA_FLOAT, row * maskRowBytes(), capacity);
    }

    private void dropTensors() {
        steps.values().forEach(Step::close);
        steps.clear();
    }

    @Override
    public long copiedBytes() {
        return 0;
    }

    @Override
    public long cacheBytes() {
        return cache.bytes();
    }

    @Override
    public void close() {
        dropTensors();
        cache.close();
        noFeature.close();
        firstRow.close();
        maskMemory.close();
        memory.close();
    }
}
