package io.utter.importer.graph;


import java.util.List;

/**
 * The autoregressive transformer (upstream's "GPT" or T2S): phones and earlier semantic tokens in, scores of the next token out.
 *
 * <p>One graph serves the prefill and every later step, so that both run on one copy of the weights: it takes any number of rows
 * (sequence positions) per batch entry, writes their keys and values into the caches it is given, in place, and attends to what the
 * caches hold as far as {@code mask} allows. Phones and tokens share one index space: phone {@code p} is {@code p}, token {@code t}
 * is {@code phones + t}. Post-norm layers as in Vaswani et al. 2017.
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
    private static final float NORM_EPSILON = 1e-5f;

    private final GraphBuilder g;
    private final Weights weights;
    private final int heads;
    private final int width;
    private final int headWidth;

    private SemanticGraph(GraphBuilder g, Weights weights, int heads) {
        this.g = g;
        this.weights = weights;
        this.heads = heads;
        this.width = weights.get("ar_audio_embedding.word_embeddings.weight").extent(1);
        this.headWidth = width / heads;
    }

    /**
     * @param weights tensors without upstream's {@code model.} prefix
     * @param layers transformer layers
     * @param heads attention heads
     * @param maxPositions longest sequence of phones, or of tokens
     */
    public static void write(GraphBuilder g, Weights weights, int layers, int heads, int maxPositions) {
        new SemanticGraph(g, weights, heads).write(layers, maxPositions);
    }

    private void write(int layers, int maxPositions) {
        Value token = g.input("token", ElementType.INT64, "batch", "rows");
        Value position = g.input("position", ElementType.INT64, "batch", "rows");
        Value feature = g.input("feature", ElementType.FLOAT, "feature_batch", "feature_rows", "feature_width");
        Value mask = g.input("mask", ElementType.FLOAT, "batch", 1, "rows", "capacity");
        Value write = g.input("write", ElementType.INT64, "batch");
        Value read = g.input("read", ElementType.INT64, 1);

        Value rows = g.shape(token); // batch, rows
        Value x = flat(g.add(embedding(token, position, maxPositions), feature));
        for (int i = 0; i < layers - 1; i++) {
            x = layer(i, x, rows, mask, write);
        }
        x = lastLayer(layers - 1, x, rows, mask, write, read); // [batch, width]
        Dense head = weights.get("ar_predict_layer.weight");
        g.output("logits", g.gemm(x, g.weight("ar_predict_layer", head), null), ElementType.FLOAT, "batch", head.extent(0));
    }

    /** Embedding + alpha * sinusoid; the bias of the text feature's projection is part of every phone. */
    private Value embedding(Value token, Value position, int maxPositions) {
        Dense phones = weights.get("ar_text_embedding.word_embeddings.weight");
        Dense tokens = weights.get("ar_audio_embedding.word_embeddings.weight");
        Dense bias = weights.get("bert_proj.bias");
        float[] biased = phones.values().clone();
        for (int i = 0; i < biased.length; i++) {
            biased[i] += bias.values()[i % width];
        }
        float[] alpha = new float[phones.extent(0) + tokens.extent(0)];
        java.util.Arrays.fill(alpha, 0, phones.extent(0), weights.get("ar_text_position.alpha").values()[0]);
        java.util.Arrays.fill(alpha, phones.extent(0), alpha.length, weights.get("ar_audio_position.alpha").values()[0]);

        Value table = g.weight("embedding", new Dense(phones.shape(), biased).followedBy(tokens));
        Value scale = g.gather(g.weight("alpha", new Dense(new long[] {alpha.length, 1}, alpha)), token, 0); // [batch, rows, 1]
        Value sinusoid = g.gather(g.weight("sinusoids", sinusoids(maxPositions, width)), position, 0);
        return g.add(g.gather(table, token, 0), g.mul(scale, sinusoid));
    }

    /** PE[p, 2i] = sin(p / 10000^(2i/width)), PE[p, 2i+1] = cos of the same, in single precision like upstream's table. */
    static Dense sinusoids(int positions, int width) {
        float[] table = new float[positions * width];
        for (int i = 0; i < width / 2; i++) {
            float frequency = (float) Math.exp((float) (2 * i) * (float) (-Math.log(10000.0) / width));
            for (int p = 0; p < positions; p++) {
                float angle = p * frequency;
                table[p * width + 2 * i] = (float) Math.sin(angle);
                table[p * width + 2 * i + 1] = (float) Math.cos(angle);
            }
        }
        return new Dense(new long[] {positions, width}, table);
    }

    /**
     * One layer. Its products are of matrices, so the sequences of the batch stand one below the other.
     *
     * @param x [batch * rows, width]
     * @param rows the vector (batch, rows)
     */
    private Value layer(int index, Value x, Value rows, Value mask, Value write) {
        Weights layer = weights.at("h.layers." + index);
        String name = "layer" + index;
        List<Value> qkv = g.split(projection(name + ".qkv", x, layer, 0, 3), 1, 3);
        Value keys = cached("key." + index, splitHeads(qkv.get(1), rows), write);
        Value values = cached("value." + index, splitHeads(qkv.get(2), rows), write);
        Value attended = g.attention(splitHeads(qkv.get(0), rows), keys, values, mask); // [batch, heads, rows, headWidth]
        return afterAttention(name, layer, x, attended);
    }

    /** The last layer: after keys and values are written, only one row goes on, since nobody looks at the others. */
    private Value lastLayer(int index, Value x, Value rows, Value mask, Value write, Value read) {
        Weights layer = weights.at("h.layers." + index);
        String name = "layer" + index;
        List<Value> kv = g.split(projection(name + ".kv", x, layer, 1, 3), 1, 2);
        Value keys = cached("key." + index, splitHeads(kv.get(0), rows), write);
        Value values = cached("value." + index, splitHeads(kv.get(1), rows), write);
        Value all = g.reshape(x, g.concat(0, rows, g.integers(width))); // [batch, rows, width]
        Value one = flat(g.gather(all, read, 1)); // [batch, width]
        Value query = g.reshape(projection(name + ".q", one, layer, 0, 1), -1, heads, 1, headWidth);
        Value attended = g.attention(query, keys, values, g.gather(mask, read, 2)); // [batch, heads, 1, headWidth]
        return afterAttention(name, layer, one, attended);
    }

    /** Output projection, feed-forward part and the two normalisations: [n, width] to the same. */
    private Value afterAttention(String name, Weights layer, Value x, Value attended) {
        Value joined = flat(g.transpose(attended, 0, 2, 1, 3));
        Value a = g.add(x, linear(name + ".out", joined, layer, "self_attn.out_proj"));
        Value h = norm(name + ".norm1", a, layer.at("norm1"));
        Value inner = g.relu(linear(name + ".ffn1", h, layer, "linear1"));
        Value f = linear(name + ".ffn2", inner, layer, "linear2");
        return norm(name + ".norm2", g.add(h, f), layer.at("norm2"));
    }
    private Value cached(String name, Value rows, Value write) {
        Value cache = g.input(name, ElementType.FLOAT, "batch", heads, "capacity", headWidth);
        return g.tensorScatter(name + ".next", cache, rows, write, "batch", heads, "capacity", headWidth);
    }

    /** [batch * rows, width] to [batch, heads, rows, headWidth]. */
    private Value splitHeads(Value x, Value rows) {
        return g.transpose(g.reshape(x, g.concat(0, rows, g.integers(heads, headWidth))), 0, 2, 1, 3);
    }

    /** [..., width] to [n, width]; of heads, [..., heads, headWidth] too. */
    private Value flat(Value x) {
        return g.reshape(x, -1, width);
    }

    /** Some of query (0), key (1) and value (2), side by side. */
    private Value projection(String name, Value x, Weights layer, int from, int to) {
        return g.gemm(x, g.operand(name, layer.get("self_attn.in_proj_weight").rows(from * width, to * width)),
                g.operand(name + ".bias", layer.get("self_attn.in_proj_bias").rows(from * width, to * width)));
    }

    private Value linear(String name, Value x, Weights layer, String linear) {
        return g.gemm(x, g.operand(name, layer.get(linear + ".weight")), g.operand(name + ".bias", layer.get(linear + ".bias")));
    }

    private Value norm(String name, Value x, Weights norm) {
        return g.layerNormalization(x, g.weight(name + ".scale", norm.get("weight")), g.weight(name + ".shift", norm.get("bias")),
                NORM_EPSILON);
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
