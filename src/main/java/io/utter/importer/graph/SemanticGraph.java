package io.utter.importer.graph;

import java.util.List;

/**
 * The autoregressive transformer (upstream's "GPT" or T2S): phones and earlier semantic tokens in, scores of the next token out.
 *
 * <p>One graph serves the prefill and every later step, so that both run on one copy of the weights, as suits the CPU: it takes any number
 * of rows (sequence positions) per batch entry, writes their keys and values into the caches it is given, in place, and attends to what the
 * caches hold as far as {@code mask} allows. Devices have {@link PrefillGraph} and {@link DecodeGraph}.
 *
 * <pre>
 * token     int64  [batch, rows]              phone or token
 * position  int64  [batch, rows]              phones and tokens count from 0 each
 * feature   float  [batch or 1, rows or 1, width or 1]   added to the embedding: the projected text feature, or zero
 * mask      float  [batch, 1, rows, capacity] added to attention scores: 0 where a row may look, a large negative number elsewhere
 * write     int64  [batch]                    cache row of the first row
 * read      int64  [1]                        which row's scores are wanted
 * key.i, value.i   [batch, heads, capacity, headWidth]   caches of layer i; outputs key.i.next, value.i.next are the same memory
 * logits    float  [batch, tokens]
 * </pre>
 */
public final class SemanticGraph {
    private final GraphBuilder g;
    private final TransformerLayers t;

    private SemanticGraph(GraphBuilder g, TransformerLayers t) {
        this.g = g;
        this.t = t;
    }

    /**
     * @param weights tensors without upstream's {@code model.} prefix
     * @param layers transformer layers
     * @param heads attention heads
     * @param maxPositions longest sequence of phones, or of tokens
     */
    public static void write(GraphBuilder g, Weights weights, int layers, int heads, int maxPositions) {
        new SemanticGraph(g, new TransformerLayers(g, weights, heads)).write(layers, maxPositions);
    }

    private void write(int layers, int maxPositions) {
        Value token = g.input("token", ElementType.INT64, "batch", "rows");
        Value position = g.input("position", ElementType.INT64, "batch", "rows");
        Value feature = g.input("feature", ElementType.FLOAT, "feature_batch", "feature_rows", "feature_width");
        Value mask = g.input("mask", ElementType.FLOAT, "batch", 1, "rows", "capacity");
        Value write = g.input("write", ElementType.INT64, "batch");
        Value read = g.input("read", ElementType.INT64, 1);

        Value rows = g.shape(token); // batch, rows
        Value x = g.rounded(flat(g.add(t.embedding(token, position, maxPositions), feature)));
        for (int i = 0; i < layers - 1; i++) {
            x = layer(i, x, rows, mask, write);
        }
        t.logits(lastLayer(layers - 1, x, rows, mask, write, read));
    }

    /**
     * One layer. Its products are of matrices, so the sequences of the batch stand one below the other.
     *
     * @param x [batch * rows, width]
     * @param rows the vector (batch, rows)
     */
    private Value layer(int index, Value x, Value rows, Value mask, Value write) {
        List<Value> qkv = g.split(t.queriesKeysValues(index, x), 1, 3);
        Value keys = cached("key." + index, splitHeads(qkv.get(1), rows), write);
        Value values = cached("value." + index, splitHeads(qkv.get(2), rows), write);
        Value attended = g.attention(splitHeads(qkv.get(0), rows), keys, values, mask); // [batch, heads, rows, headWidth]
        return t.afterAttention(index, x, joinHeads(attended));
    }

    /** The last layer: after keys and values are written, only one row goes on, since nobody looks at the others. To [batch, width]. */
    private Value lastLayer(int index, Value x, Value rows, Value mask, Value write, Value read) {
        List<Value> kv = g.split(t.keysValues(index, x), 1, 2);
        Value keys = cached("key." + index, splitHeads(kv.get(0), rows), write);
        Value values = cached("value." + index, splitHeads(kv.get(1), rows), write);
        Value all = g.reshape(x, g.concat(0, rows, g.integers(t.width))); // [batch, rows, width]
        Value one = flat(g.gather(all, read, 1)); // [batch, width]
        Value query = g.reshape(t.queries(index, one), -1, t.heads, 1, t.headWidth);
        Value attended = g.attention(query, keys, values, g.gather(mask, read, 2)); // [batch, heads, 1, headWidth]
        return t.afterAttention(index, one, joinHeads(attended));
    }

    private Value cached(String name, Value rows, Value write) {
        Value cache = g.input(name, ElementType.FLOAT, "batch", t.heads, "capacity", t.headWidth);
        return g.tensorScatter(name + ".next", cache, rows, write, "batch", t.heads, "capacity", t.headWidth);
    }

    /** [batch * rows, width] to [batch, heads, rows, headWidth]. */
    private Value splitHeads(Value x, Value rows) {
        return g.transpose(g.reshape(x, g.concat(0, rows, g.integers(t.heads, t.headWidth))), 0, 2, 1, 3);
    }

    /** [batch, heads, rows, headWidth] to [batch * rows, width]. */
    private Value joinHeads(Value x) {
        return flat(g.transpose(x, 0, 2, 1, 3));
    }

    /** [..., width] to [n, width]; of heads, [..., heads, headWidth] too. */
    private Value flat(Value x) {
        return g.reshape(x, -1, t.width);
    }

    /** Whether the checkpoint makes any use of text features; where not, they need not be computed. */
    public static boolean usesFeatures(Weights weights) {
        return !weights.get("bert_proj.weight").isZero();
    }

    /** The projection of text features to the transformer's width, bias excluded: features [rows, in] to feature [rows, width]. */
    public static void writeFeatureProjection(GraphBuilder g, Weights weights) {
        Dense projection = weights.get("bert_proj.weight"); // [width, in]
        Value features = g.input("features", ElementType.FLOAT, "rows", projection.extent(1));
        g.output("feature", g.matMul(features, g.operand("bert_proj", projection.transposed())), ElementType.FLOAT, "rows",
                projection.extent(0));
    }
}
