package io.utter.importer.graph;

import java.util.List;

/**
 * A later step of the transformer, for devices: one token of each sequence in, scores of the next one out. All that it reads and writes can
 * lie at fixed addresses of a device, and no extent depends on how far the sequences are, so that a step can be captured once and replayed.
 * Types as in {@link PrefillGraph}.
 *
 * <pre>
 * token     int64  [batch]    as in {@link SemanticGraph}
 * position  int64  [batch]
 * filled    int64  [batch]    positions of the caches that are filled: this step's are written behind them
 * most      int32  [1]        an upper bound of what is filled after the step; in memory of the processor. Reduced precision only.
 * key.i, value.i   [batch, heads, capacity, headWidth]   outputs key.i.next, value.i.next are the same memory
 * logits    float  [batch, tokens]
 * </pre>
 */
public final class DecodeGraph {
    private final GraphBuilder g;
    private final TransformerLayers t;
    private final Precision precision;

    private DecodeGraph(GraphBuilder g, TransformerLayers t, Precision precision) {
        this.g = g;
        this.t = t;
        this.precision = precision;
    }

    /**
     * Parameters as those of {@link SemanticGraph#write}.
     *
     * @param precision the builder's. The one operator for a step of attention has no fp32 on CUDA; there fp32 takes two.
     */
    public static void write(GraphBuilder g, Weights weights, int layers, int heads, int maxPositions, Precision precision) {
        new DecodeGraph(g, new TransformerLayers(g, weights, heads), precision).write(layers, maxPositions);
    }

    private void write(int layers, int maxPositions) {
        Value token = g.input("token", ElementType.INT64, "batch");
        Value position = g.input("position", ElementType.INT64, "batch");
        Value filled = g.input("filled", ElementType.INT64, "batch");
        Attention attention = precision == Precision.FP32 ? scattered(filled) : fused(filled);
        Value x = g.reduced(t.embedding(token, position, maxPositions)); // [batch, width]
        for (int i = 0; i < layers; i++) {
            Value attended = attention.over(t.queriesKeysValuesOnDevice(i, x), "key." + i, "value." + i);
            x = t.afterAttentionOnDevice(i, x, g.reshape(attended, -1, t.width));
        }
        t.logits(x);
    }

    /** [batch, 3 * width] to the same values as [batch, width]. */
    private interface Attention {
        Value over(Value qkv, String key, String value);
    }

    private Attention fused(Value filled) {
        Value most = g.input("most", ElementType.INT32, 1);
        Value behind = g.cast(filled, ElementType.INT32);
        RuntimeOperators runtime = new RuntimeOperators(g);
        return (qkv, key, value) -> runtime.groupQueryAttention(g.reshape(qkv, -1, 1, 3L * t.width), cache(key), cache(value), behind, most,
                t.heads, "batch", t.heads, "capacity", t.headWidth);
    }

    private Attention scattered(Value filled) {
        Value with = g.add(filled, g.integers(1));
        return (qkv, key, value) -> {
            List<Value> parts = g.split(qkv, 1, 3);
            Value keys = scatter(key, parts.get(1), filled);
            Value values = scatter(value, parts.get(2), filled);
            return g.attentionTo(heads(parts.get(0)), keys, values, with);
        };
    }

    private Value scatter(String name, Value row, Value at) {
        return g.tensorScatter(name + ".next", cache(name), heads(row), at, "batch", t.heads, "capacity", t.headWidth);
    }

    private Value cache(String name) {
        return g.reducedInput(name, "batch", t.heads, "capacity", t.headWidth);
    }

    /** [batch, width] to [batch, heads, 1, headWidth]. */
    private Value heads(Value row) {
        return g.reshape(row, -1, t.heads, 1, t.headWidth);
    }
}
