package io.utter.importer.graph;

import java.util.ArrayList;
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

        Value x = g.add(embedding(token, position, maxPositions), feature); // [batch, rows, width]
        for (int i = 0; i < layers; i++) {
            boolean last = i == layers - 1;
            x = layer(i, x, last ? g.gather(mask, read, 2) : mask, write, last ? read : null);
        }
        Value head = g.weight("ar_predict_layer", weights.get("ar_predict_layer.weight").transposed());
        int tokens = weights.get("ar_predict_layer.weight").extent(0);
        g.output("logits", g.reshape(g.matMul(x, head), -1, tokens), ElementType.FLOAT, "batch", tokens);
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
     * One layer. With {@code read}, only that row goes on after the keys and values are written: nobody looks at the others.
     *
     * @param x [batch, rows, width]
     */
    private Value layer(int index, Value x, Value mask, Value write, Value read) {
        Weights layer = weights.at("h.layers." + index);
        Dense projection = layer.get("self_attn.in_proj_weight"); // [3 width, width]: query, key, value
        Dense bias = layer.get("self_attn.in_proj_bias");
        String name = "layer" + index;

        List<Value> qkv;
        if (read == null) {
            qkv = g.split(linear(name + ".qkv", x, projection, bias), -1, 3);
        } else {
            qkv = new ArrayList<>(g.split(linear(name + ".kv", x, projection.rows(width, 3 * width), bias.rows(width, 3 * width)), -1, 2));
            x = g.gather(x, read, 1); // [batch, 1, width]
            qkv.addFirst(linear(name + ".q", x, projection.rows(0, width), bias.rows(0, width)));
        }
        Value keys = cached("key." + index, qkv.get(1), write);
        Value values = cached("value." + index, qkv.get(2), write);
        Value attended = g.attention(splitHeads(qkv.get(0)), keys, values, mask); // [batch, heads, rows, headWidth]
        Value joined = g.reshape(g.transpose(attended, 0, 2, 1, 3), 0, 0, width);

        Value a = g.add(x, linear(name + ".out", joined, layer.get("self_attn.out_proj.weight"), layer.get("self_attn.out_proj.bias")));
        Value h = norm(name + ".norm1", a, layer.at("norm1"));
        Value inner = g.relu(linear(name + ".ffn1", h, layer.get("linear1.weight"), layer.get("linear1.bias")));
        Value f = linear(name + ".ffn2", inner, layer.get("linear2.weight"), layer.get("linear2.bias"));
        return norm(name + ".norm2", g.add(h, f), layer.at("norm2"));
    }

    private Value cached(String name, Value rows, Value write) {
        Value cache = g.input(name, ElementType.FLOAT, "batch", heads, "capacity", headWidth);
        return g.tensorScatter(name + ".next", cache, splitHeads(rows), write, "batch", heads, "capacity", headWidth);
    }

    /** [batch, rows, width] to [batch, heads, rows, headWidth]. */
    private Value splitHeads(Value x) {
        return g.transpose(g.reshape(x, 0, 0, heads, headWidth), 0, 2, 1, 3);
    }

    private Value linear(String name, Value x, Dense weight, Dense bias) {
        return g.add(g.matMul(x, g.weight(name, weight.transposed())), g.weight(name + ".bias", bias));
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
        g.output("feature", g.matMul(features, g.weight("bert_proj", projection.transposed())), ElementType.FLOAT, "rows",
                projection.extent(0));
    }
}
