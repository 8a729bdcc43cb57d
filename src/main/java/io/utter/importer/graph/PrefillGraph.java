package io.utter.importer.graph;

import java.util.List;

/**
 * The transformer's first pass over one sequence, for devices: attention among the rows themselves, which the caches are only written from.
 * Keys, values and all that lies between products are of the type in which products run.
 *
 * <pre>
 * token     int64  [1, rows]        as in {@link SemanticGraph}
 * position  int64  [1, rows]
 * feature   float  [1, rows or 1, width or 1]
 * mask      float  [1, 1, rows, rows]
 * write     int64  [1]              zero: the cache row of the first row
 * read      int64  [1]              which row's scores are wanted
 * key.i, value.i   [1, heads, capacity, headWidth]   outputs key.i.next, value.i.next are the same memory
 * logits    float  [1, tokens]
 * </pre>
 */
public final class PrefillGraph {
    private final GraphBuilder g;
    private final TransformerLayers t;

    private PrefillGraph(GraphBuilder g, TransformerLayers t) {
        this.g = g;
        this.t = t;
    }

    /** Parameters as those of {@link SemanticGraph#write}. */
    public static void write(GraphBuilder g, Weights weights, int layers, int heads, int maxPositions) {
        new PrefillGraph(g, new TransformerLayers(g, weights, heads)).write(layers, maxPositions);
    }

    private void write(int layers, int maxPositions) {
        Value token = g.input("token", ElementType.INT64, 1, "rows");
        Value position = g.input("position", ElementType.INT64, 1, "rows");
        Value feature = g.input("feature", ElementType.FLOAT, 1, "feature_rows", "feature_width");
        Value mask = g.reduced(g.input("mask", ElementType.FLOAT, 1, 1, "rows", "rows"));
        Value write = g.input("write", ElementType.INT64, 1);
        Value read = g.input("read", ElementType.INT64, 1);

        Value x = g.reduced(flat(g.add(t.embedding(token, position, maxPositions), feature))); // [rows, width]
        for (int i = 0; i < layers - 1; i++) {
            List<Value> qkv = g.split(t.queriesKeysValues(i, x), 1, 3);
            Value keys = splitHeads(qkv.get(1));
            Value values = splitHeads(qkv.get(2));
            write(i, keys, values, write);
            x = t.afterAttention(i, x, joinHeads(g.attention(splitHeads(qkv.get(0)), keys, values, mask)));
        }
        t.logits(lastLayer(layers - 1, x, mask, write, read));
    }

    /** Of the last layer's result only one row is wanted: [rows, width] to [1, width]. */
    private Value lastLayer(int index, Value x, Value mask, Value write, Value read) {
        List<Value> kv = g.split(t.keysValues(index, x), 1, 2);
        Value keys = splitHeads(kv.get(0));
        Value values = splitHeads(kv.get(1));
        write(index, keys, values, write);
        Value one = g.gather(x, read, 0);
        Value attended = g.attention(splitHeads(t.queries(index, one)), keys, values, g.gather(mask, read, 2));
        return t.afterAttention(index, one, joinHeads(attended));
    }

    private void write(int layer, Value keys, Value values, Value at) {
        scatter("key." + layer, keys, at);
        scatter("value." + layer, values, at);
    }

    private void scatter(String name, Value rows, Value at) {
        Value cache = g.reducedInput(name, 1, t.heads, "capacity", t.headWidth);
        g.tensorScatter(name + ".next", cache, rows, at, 1, t.heads, "capacity", t.headWidth);
    }

    /** [rows, width] to [1, heads, rows, headWidth]. */
    private Value splitHeads(Value x) {
        return g.transpose(g.reshape(x, 1, -1, t.heads, t.headWidth), 0, 2, 1, 3);
    }

    /** [1, heads, rows, headWidth] to [rows, width]. */
    private Value joinHeads(Value x) {
        return flat(g.transpose(x, 0, 2, 1, 3));
    }

    private Value flat(Value x) {
        return g.reshape(x, -1, t.width);
    }
}
