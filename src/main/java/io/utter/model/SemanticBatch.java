package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows of the transformer that are decoded together. Every row has its place in the caches; a step runs over the first rows up to the last
 * that goes on, and a row in between that stands still computes something that nobody looks at.
 */
final class SemanticBatch implements TokenDecoder {
    /** Added to the score of what must not be looked at. */
    private static final float MASKED = -1e30f;
    /** Capacities are multiples of this, for vector registers to be full whatever the capacity is: sums then come out the same. */
    private static final int CAPACITY_BLOCK = 64;
    /** Positions for the tokens to come that a prefill makes room for. */
    private static final int ROOM = 32;
    private static final double GROWTH = 1.2;
    /** Memory is given back when so many times less would do. */
    private static final int SLACK = 4;

    /** What a step over a number of rows reads and writes beside the caches. */
    private record StepTensors(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}

    private final SemanticModel model;
    private final Network network;
    private final Manifest.Semantic shape;
    private final KeyValueCache cache;
    private final int maxRows;
    /** By row: positions that are filled. 0: the row is free. */
    private final int[] lengths;
    /** By row: tokens read, which is the position of the next one. */
    private final int[] tokens;
    /** By row: whether values that are not numbers may be in its caches. Even where nobody looks, nought times them is not nought. */
    private final boolean[] spoilt;
    private final LongBuffer token;
    private final LongBuffer position;
    private final LongBuffer write;
    private final FloatBuffer logits;
    private final float[] scores;
    private final Map<Integer, StepTensors> steps = new HashMap<>();
    private final OnnxTensor noFeature;
    private final OnnxTensor firstRow;
    /** [rows, 1, 1, capacity]: 0 up to the position that the next step writes, then {@link #MASKED}. */
    private FloatBuffer mask;

    SemanticBatch(SemanticModel model, Network network, int maxRows) {
        this.model = model;
        this.network = network;
        this.shape = model.shape();
        this.cache = new KeyValueCache(network, shape);
        this.maxRows = maxRows;
        this.lengths = new int[maxRows];
        this.tokens = new int[maxRows];
        this.spoilt = new boolean[maxRows];
        this.token = Network.longBuffer(maxRows);
        this.position = Network.longBuffer(maxRows);
        this.write = Network.longBuffer(maxRows);
        this.logits = Network.floatBuffer(maxRows * shape.tokens());
        this.scores = new float[shape.tokens()];
        this.noFeature = network.floats(new float[1], 1, 1, 1);
        this.firstRow = network.longs(new long[1], 1);
    }

    @Override
    public Manifest.Semantic shape() {
        return shape;
    }

    @Override
    public float[] prefill(int row, int[] phones, float[] features, int[] prompt) {
        int count = phones.length + prompt.length;
        lengths[row] = 0;
        reserve(row + 1, count + ROOM);
        if (spoilt[row]) {
            cache.clear(row);
            spoilt[row] = false;
        }
        long[] ids = new long[count];
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            boolean phone = i < phones.length;
            ids[i] = phone ? phones[i] : shape.phones() + prompt[i - phones.length];
            positions[i] = phone ? i : i - phones.length;
        }
        try (KeyValueCache.View view = cache.row(row);
                OnnxTensor idTensor = network.longs(ids, 1, count);
                OnnxTensor positionTensor = network.longs(positions, 1, count);
                OnnxTensor feature = model.feature(features, count);
                OnnxTensor prefillMask = network.floats(prefillMask(phones.length, count), 1, 1, count, cache.capacity());
                OnnxTensor from = network.longs(new long[1], 1);
                OnnxTensor read = network.longs(new long[] {count - 1}, 1);
                OnnxTensor result = network.floats(logits(row), 1, shape.tokens())) {
            Map<String, OnnxTensor> in = new HashMap<>(view.inputs());
            in.put("token", idTensor);
            in.put("position", positionTensor);
            in.put("feature", feature);
            in.put("mask", prefillMask);
            in.put("write", from);
            in.put("read", read);
            Map<String, OnnxTensor> out = new HashMap<>(view.outputs());
            out.put("logits", result);
            network.run(in, out).close();
        }
        lengths[row] = count;
        tokens[row] = prompt.length;
        inspect(row);
        maskRow(row);
        return scores(row);
    }

    private FloatBuffer prefillMask(int phones, int rows) {
        int capacity = cache.capacity();
        FloatBuffer all = Network.floatBuffer(rows * capacity);
        float[] row = new float[capacity];
        Arrays.fill(row, phones, capacity, MASKED);
        for (int i = 0; i < rows; i++) {
            if (i >= phones) {
                row[i] = 0;
            }
            all.put(row);
        }
        return all.flip();
    }

    @Override
    public void step(int[] next) {
        int rows = next.length;
        while (rows > 0 && next[rows - 1] == NONE) {
            rows--;
        }
        reserve(rows, longest(rows) + 1);
        for (int row = 0; row < rows; row++) {
            prepare(row, next[row]);
        }
        StepTensors step = steps.computeIfAbsent(rows, n -> stepTensors(n, cache.batch(n)));
        network.run(step.inputs, step.outputs).close();
        for (int row = 0; row < rows; row++) {
            if (next[row] != NONE) {
                advance(row);
            }
        }
    }

    private int longest(int rows) {
        return Arrays.stream(lengths, 0, rows).max().orElse(0);
    }

    /** A row that stands still reads some token and writes where its next step will write over it. */
    private void prepare(int row, int next) {
        token.put(row, shape.phones() + Math.max(0, next));
        position.put(row, tokens[row]);
        write.put(row, lengths[row]);
    }

    private void inspect(int row) {
        spoilt[row] |= Float.isNaN(logits.get(row * shape.tokens()));
    }

    private void advance(int row) {
        inspect(row);
        lengths[row]++;
        tokens[row]++;
        if (lengths[row] < cache.capacity()) {
            mask.put(row * cache.capacity() + lengths[row], 0);
        }
    }

    private StepTensors stepTensors(int rows, KeyValueCache.View view) {
        Map<String, OnnxTensor> in = new HashMap<>(view.inputs());
        in.put("token", network.longs(part(token, 0, rows), rows, 1));
        in.put("position", network.longs(part(position, 0, rows), rows, 1));
        in.put("write", network.longs(part(write, 0, rows), rows));
        in.put("mask", network.floats(mask.slice(0, rows * cache.capacity()), rows, 1, 1, cache.capacity()));
        in.put("read", firstRow);
        in.put("feature", noFeature);
        Map<String, OnnxTensor> out = new HashMap<>(view.outputs());
        out.put("logits", network.floats(logits.slice(0, rows * shape.tokens()), rows, shape.tokens()));
        return new StepTensors(in, out);
    }

    private static LongBuffer part(LongBuffer buffer, int from, int count) {
        return buffer.slice(from, count);
    }

    @Override
    public void stepAlone(int row, int next) {
        reserve(row + 1, lengths[row] + 1);
        prepare(row, next);
        try (KeyValueCache.View view = cache.row(row);
                OnnxTensor tokenTensor = network.longs(part(token, row, 1), 1, 1);
                OnnxTensor positionTensor = network.longs(part(position, row, 1), 1, 1);
                OnnxTensor writeTensor = network.longs(part(write, row, 1), 1);
                OnnxTensor rowMask = network.floats(mask.slice(row * cache.capacity(), cache.capacity()), 1, 1, 1, cache.capacity());
                OnnxTensor result = network.floats(logits(row), 1, shape.tokens())) {
            Map<String, OnnxTensor> in = new HashMap<>(view.inputs());
            in.put("token", tokenTensor);
            in.put("position", positionTensor);
            in.put("write", writeTensor);
            in.put("mask", rowMask);
            in.put("read", firstRow);
            in.put("feature", noFeature);
            Map<String, OnnxTensor> out = new HashMap<>(view.outputs());
            out.put("logits", result);
            network.run(in, out).close();
        }
        advance(row);
    }

    private FloatBuffer logits(int row) {
        return logits.slice(row * shape.tokens(), shape.tokens());
    }

    @Override
    public float[] scores(int row) {
        logits.get(row * shape.tokens(), scores);
        return scores;
    }

    @Override
    public void exchange(int a, int b) {
        cache.exchange(a, lengths[a], b, lengths[b]);
        int length = lengths[a];
        lengths[a] = lengths[b];
        lengths[b] = length;
        int count = tokens[a];
        tokens[a] = tokens[b];
        tokens[b] = count;
        boolean bad = spoilt[a];
        spoilt[a] = spoilt[b];
        spoilt[b] = bad;
        maskRow(a);
        maskRow(b);
    }

    /** Frees the row, and memory that is not needed without it. */
    @Override
    public void forget(int row) {
        lengths[row] = 0;
        tokens[row] = 0;
        if (row < cache.rows()) {
            maskRow(row);
        }
        int used = maxRows;
        while (used > 0 && lengths[used - 1] == 0) {
            used--;
        }
        if (used == 0 && cache.rows() > 1) {
            dropTensors();
            cache.close();
        } else if (used > 0 && cache.rows() >= SLACK * used) {
            resize(used, cache.capacity());
        }
    }

    /** Makes room, and gives room back where far less is needed. */
    private void reserve(int rows, int positions) {
        int needed = Math.max(positions, longest(maxRows) + 1);
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
        cache.resize(rows, capacity, lengths);
        mask = Network.floatBuffer(rows * capacity);
        for (int row = 0; row < rows; row++) {
            maskRow(row);
        }
    }

    private void maskRow(int row) {
        int capacity = cache.capacity();
        float[] values = new float[capacity];
        Arrays.fill(values, Math.min(capacity, lengths[row] + 1), capacity, MASKED);
        mask.put(row * capacity, values);
    }

    private void dropTensors() {
        for (StepTensors step : steps.values()) {
            for (String own : new String[] {"token", "position", "write", "mask"}) {
                step.inputs.get(own).close();
            }
            step.outputs.get("logits").close();
        }
        steps.clear();
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
    }
}
