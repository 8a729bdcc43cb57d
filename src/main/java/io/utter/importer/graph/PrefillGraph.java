package io.utter.importer.graph;

import java.util.List;

/**
 * The transformer's first pass over one sequence, for devices: attention among the rows themselves, which the caches are only written from.
 * Keys, values and all that lies between products are of the type in which products run. Rows behind the sequence change nothing, so that one
 * extent, captured, serves many lengths.
 *
 * <pre>
 * token     int64  [rows]           as in {@link SemanticGraph}
 * position  int64  [rows]
 * row       int64  [rows]           0, 1, 2, ...
 * phones    int64  [1]              how many of the rows are phones: they see all phones, the others all phones and what is before them
 * feature   float  [rows or 1, width or 1]
 * write     int64  [1]              zero: the cache row of the first row
 * read      int64  [1]              which row's scores are wanted
 * key.i, value.i   [1, heads, capacity, headWidth]   outputs key.i.next, value.i.next are the same memory
 * logits    float  [1, tokens]
 * </pre>
 */
public final class PrefillGraph {
    /** Added to the score of what must not be looked at; the least that fp16 can hold. */
    private static final float MASKED = -65504;

    private final GraphBuilder g;
    private final RuntimeOperators runtime;
    private final TransformerLayers t;

    private PrefillGraph(GraphBuilder g, TransformerLayers t) {
        this.g = g;
        this.runtime = new RuntimeOperators(g);
        this.t = t;
    }

    /** Parameters as those of {@link SemanticGraph#write}. */
    public static void write(GraphBuilder g, Weights weights, int layers, int heads, int maxPositions) {
        new PrefillGraph(g, new TransformerLayers(g, weights, heads)).write(layers, maxPositions);
    }

    private void write(int layers, int maxPositions) {
        Value token = g.input("token", ElementType.INT64, "rows");
        Value position = g.input("position", ElementType.INT64, "rows");
        Value row = g.input("row", ElementType.INT64, "rows");
        Value phones = g.input("phones", ElementType.INT64, 1);
        Value feature = g.input("feature", ElementType.FLOAT, "feature_rows", "feature_width");
        Value write = g.input("write", ElementType.INT64, 1);
        Value read = g.input("read", ElementType.INT64, 1);

        Value mask = mask(row, phones);
        Value x = g.reduced(g.add(t.embedding(token, position, maxPositions), feature)); // [rows, width]
        for (int i = 0; i < layers; i++) {
            List<Value> qkv = g.split(g.unsqueeze(t.queriesKeysValuesOnDevice(i, x), 0), 2, 3); // [1, rows, width] each
            List<Value> attention = runtime.multiHeadAttention(qkv.get(0), qkv.get(1), qkv.get(2), mask, t.heads, "layer" + i);
            scatter("key." + i, attention.get(1), write);
            scatter("value." + i, attention.get(2), write);
            Value attended = g.reshape(attention.get(0), -1, t.width);
            boolean last = i == layers - 1; // of whose result only one row is wanted
            x = t.afterAttentionOnDevice(i, last ? g.gather(x, read, 0) : x, last ? g.gather(attended, read, 0) : attended);
        }
        t.logits(x);
    }

    /** [1, 1, rows, rows] */
    private Value mask(Value row, Value phones) {
        Value bound = g.max(phones, g.add(row, g.integers(1))); // [rows]
        Value seen = g.less(g.unsqueeze(row, 0), g.unsqueeze(bound, 1)); // [rows, rows]
        return g.reduced(g.unsqueeze(g.where(seen, g.scalar(0), g.scalar(MASKED)), 0, 1));
    }

    private void scatter(String name, Value rows, Value at) {
        Value cache = g.reducedInput(name, 1, t.heads, "capacity", t.headWidth);
        g.tensorScatter(name + ".next", cache, rows, at, 1, t.heads, "capacity", t.headWidth);
    }
}
