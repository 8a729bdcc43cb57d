package io.utter.importer.graph;

/**
 * The transformer encoder of VITS (Kim et al. 2021): post-norm layers of self-attention with learned relative positions (Shaw et al.
 * 2018) and a convolutional feed-forward part. Works on [1, time, width].
 */
final class RelativeEncoder {
    private static final float NORM_EPSILON = 1e-5f;

    private final GraphBuilder g;
    private final int heads;
    private final int window;
    private final Value distances;
    private final Value neighbours;

    /**
     * @param position int64 [time], counting from 0
     * @param window how far apart two positions may be and still have a learned relation
     */
    RelativeEncoder(GraphBuilder g, Value position, int heads, int window) {
        this.g = g;
        this.heads = heads;
        this.window = window;
        Value column = g.unsqueeze(position, 1); // [time, 1]
        // Column j of row i reads entry clip(j - i) of a table whose first and last entries are zero: [1, heads, time, time].
        Value offset = g.sub(g.unsqueeze(position, 0), column);
        Value limit = g.clip(offset, integerScalar(-window - 1L), integerScalar(window + 1L));
        this.distances = forEachHead(g.add(limit, g.integers(window + 1L)));
        // Entry r of row i is its neighbour i + r - window, in a row that is padded by window on both sides: [1, heads, time, 2w+1].
        long[] steps = java.util.stream.LongStream.rangeClosed(0, 2L * window).toArray();
        this.neighbours = forEachHead(g.add(column, g.integers(steps)));
    }

    private Value integerScalar(long value) {
        return g.reshape(g.integers(value), new long[0]);
    }

    private Value forEachHead(Value x) {
        Value one = g.unsqueeze(x, 0, 1);
        Value[] all = new Value[heads];
        java.util.Arrays.fill(all, one);
        return heads == 1 ? one : g.concat(1, all);
    }

    /** All layers of {@code weights}: [1, time, width] to the same. */
    Value apply(String name, Value x, Weights weights) {
        int layers = weights.countOf("attn_layers", "conv_q.weight");
        for (int i = 0; i < layers; i++) {
            String layer = name + i;
            x = norm(layer + ".norm1", g.add(x, attention(layer, x, weights.at("attn_layers." + i))), weights.at("norm_layers_1." + i));
            x = norm(layer + ".norm2", g.add(x, feedForward(layer, x, weights.at("ffn_layers." + i))), weights.at("norm_layers_2." + i));
        }
        return x;
    }

    private Value attention(String name, Value x, Weights weights) {
        Dense relativeKeys = weights.get("emb_rel_k"); // [1, 2w+1, headWidth]
        int headWidth = relativeKeys.extent(2);
        float scale = (float) (1 / Math.sqrt(headWidth));
        Value query = g.splitHeads(Linear.of(weights, "conv_q").times(scale).apply(g, name + ".q", x), heads, headWidth);
        Value key = g.splitHeadsTransposed(Linear.of(weights, "conv_k").apply(g, name + ".k", x), heads, headWidth);
        Value value = g.splitHeads(Linear.of(weights, "conv_v").apply(g, name + ".v", x), heads, headWidth);

        Dense none = new Dense(new long[] {1, headWidth}, new float[headWidth]);
        Dense table = none.followedBy(relativeKeys.reshaped(2L * window + 1, headWidth)).followedBy(none).transposed();
        Value relative = g.matMul(query, g.weight(name + ".rel_k", table)); // [1, heads, time, 2w+3]
        Value scores = g.add(g.matMul(query, key), g.gatherElements(relative, distances, 3));
        Value weight = g.softmax(scores, 3); // [1, heads, time, time]

        Value near = g.gatherElements(g.padLast(weight, 4, window, window), neighbours, 3); // [1, heads, time, 2w+1]
        Value relativeValues = g.weight(name + ".rel_v", weights.get("emb_rel_v").reshaped(2L * window + 1, headWidth));
        Value attended = g.add(g.matMul(weight, value), g.matMul(near, relativeValues));
        Value joined = g.joinHeads(attended, heads * headWidth);
        return Linear.of(weights, "conv_o").apply(g, name + ".o", joined);
    }

    private Value feedForward(String name, Value x, Weights weights) {
        return overTime(name + ".ffn2", g.relu(overTime(name + ".ffn1", x, weights, "conv_1")), weights, "conv_2");
    }

    /**
     * A convolution as one linear layer of all the values that it reads. Time differs from call to call here, and cuDNN would look for a plan
     * anew in each: with 24 convolutions, chunks of new lengths seem to have taken some 50 ms for it on an H200.
     *
     * @param x [1, time, in]
     */
    private Value overTime(String name, Value x, Weights weights, String convolution) {
        Dense kernel = weights.get(convolution + ".weight"); // [out, in, taps]
        int taps = kernel.extent(2);
        Value padded = g.padTime(x, taps / 2, taps / 2);
        Value[] shifted = new Value[taps];
        for (int tap = 0; tap < taps; tap++) {
            long behind = tap - taps + 1L; // the end, counted from the padded end
            shifted[tap] = g.slice(padded, g.integers(tap), g.integers(behind == 0 ? Long.MAX_VALUE : behind), 1);
        }
        return new Linear(kernel.tapsToRows(), weights.get(convolution + ".bias")).apply(g, name, g.concat(2, shifted));
    }

    private Value norm(String name, Value x, Weights weights) {
        return g.layerNormalization(x, g.weight(name + ".scale", weights.get("gamma")), g.weight(name + ".shift", weights.get("beta")),
                NORM_EPSILON);
    }
}
