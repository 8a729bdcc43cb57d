package io.utter.importer.graph;

import static io.utter.importer.graph.GraphBuilder.decimal;
import static io.utter.importer.graph.GraphBuilder.integer;

import java.util.List;

/** Operators that only ONNX Runtime has: each does in one kernel or few what would take many. Sums and normalisation are in single precision. */
public final class RuntimeOperators {
    private final GraphBuilder g;

    /** @param g the graph that they are added to */
    public RuntimeOperators(GraphBuilder g) {
        this.g = g;
    }

    /**
     * Attention of all rows to all rows with their keys and values also in the layout of caches, scale 1/sqrt(head width).
     *
     * @param query [1, rows, heads * width]
     * @param key [1, rows, heads * width]
     * @param value [1, rows, heads * width]
     * @param bias added to the scores, [1, 1, rows, rows], or {@link Value#NONE}
     * @param name of keys and values in the graph, before {@code .key} and {@code .value}
     * @return attended [1, rows, heads * width]; keys and values [1, heads, rows, width]
     */
    public List<Value> multiHeadAttention(Value query, Value key, Value value, Value bias, int heads, String name) {
        return g.contributed("MultiHeadAttention", List.of(query, key, value, Value.NONE, Value.NONE, bias), List.of(name + ".key", name + ".value"),
                integer("num_heads", heads));
    }

    /** {@code x + skip + bias}, normalised over the last axis. */
    public Value skipLayerNormalization(Value x, Value skip, Value bias, Value scale, Value shift, float epsilon) {
        return g.contributed("SkipLayerNormalization", List.of(x, skip, scale, shift, bias), List.of(), decimal("epsilon", epsilon)).getFirst();
    }

    /**
     * A step of attention with its cache: writes keys and values behind those that are there, in place where the runtime is given one buffer for
     * both, and attends to all of them.
     *
     * @param qkv queries, keys and values side by side, [batch, 1, 3 * heads * width]
     * @param key [batch, heads, capacity, width]
     * @param value [batch, heads, capacity, width]
     * @param filled positions of the caches that are filled, int32 [batch]
     * @param most an upper bound of what is filled afterwards, int32 [1], in memory of the processor
     * @param shape of the caches, which are outputs of the graph under their names with {@code .next}
     * @return [batch, 1, heads * width]
     */
    public Value groupQueryAttention(Value qkv, Value key, Value value, Value filled, Value most, int heads, Object... shape) {
        List<Value> results = g.contributed("GroupQueryAttention", List.of(qkv, Value.NONE, Value.NONE, key, value, filled, most),
                List.of(key.name() + ".next", value.name() + ".next"), integer("num_heads", heads), integer("kv_num_heads", heads));
        g.changed(results.get(1), shape);
        g.changed(results.get(2), shape);
        return results.getFirst();
    }
}
