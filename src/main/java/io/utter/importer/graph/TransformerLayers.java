package io.utter.importer.graph;

import java.util.Arrays;

/**
 * What the graphs of the autoregressive transformer have in common: all but how attention finds keys and values. Post-norm layers as in
 * Vaswani et al. 2017. Phones and tokens share one index space: phone {@code p} is {@code p}, token {@code t} is {@code phones + t}.
 */
final class TransformerLayers {
    private static final float NORM_EPSILON = 1e-5f;

    private final GraphBuilder g;
    private final Weights weights;
    final int heads;
    final int width;
    final int headWidth;

    /** @param weights tensors without upstream's {@code model.} prefix */
    TransformerLayers(GraphBuilder g, Weights weights, int heads) {
        this.g = g;
        this.weights = weights;
        this.heads = heads;
        this.width = weights.get("ar_audio_embedding.word_embeddings.weight").extent(1);
        this.headWidth = width / heads;
    }

    /** Embedding + alpha * sinusoid, [..., width]; the bias of the text feature's projection is part of every phone. */
    Value embedding(Value token, Value position, int maxPositions) {
        Dense phones = weights.get("ar_text_embedding.word_embeddings.weight");
        Dense tokens = weights.get("ar_audio_embedding.word_embeddings.weight");
        Dense bias = weights.get("bert_proj.bias");
        float[] biased = phones.values().clone();
        for (int i = 0; i < biased.length; i++) {
            biased[i] += bias.values()[i % width];
        }
        float[] alpha = new float[phones.extent(0) + tokens.extent(0)];
        Arrays.fill(alpha, 0, phones.extent(0), weights.get("ar_text_position.alpha").values()[0]);
        Arrays.fill(alpha, phones.extent(0), alpha.length, weights.get("ar_audio_position.alpha").values()[0]);

        Value table = g.weight("embedding", new Dense(phones.shape(), biased).followedBy(tokens));
        Value scale = g.gather(g.weight("alpha", new Dense(new long[] {alpha.length, 1}, alpha)), token, 0); // [..., 1]
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
     * The same as {@link #queriesKeysValues} for devices, where a product takes one kernel less without bias.
     */
    Value queriesKeysValuesOnDevice(int index, Value x) {
        Weights layer = layer(index);
        String name = name(index) + ".qkv";
        return g.add(g.gemm(x, g.operand(name, layer.get("self_attn.in_proj_weight")), null),
                g.operand(name + ".bias", layer.get("self_attn.in_proj_bias")));
    }

    /**
     * The same as {@link #afterAttention} for devices, in as few kernels as there can be: biases are added with the residual, and
     * {@code W relu(x + b)} is computed as {@code W max(x, -b) + W b}, the last of which is a constant.
     */
    Value afterAttentionOnDevice(int index, Value x, Value attended) {
        Weights layer = layer(index);
        String name = name(index);
        Value h = skipNorm(name + ".norm1", product(name + ".out", attended, layer, "self_attn.out_proj"), x,
                g.operand(name + ".out.bias", layer.get("self_attn.out_proj.bias")), layer.at("norm1"));
        Dense inner = layer.get("linear1.bias");
        Dense outer = layer.get("linear2.weight"); // [width, inner]
        Dense constant = outer.matMul(inner.reshaped(inner.extent(0), 1)).reshaped(width).plus(layer.get("linear2.bias"));
        Value activated = g.max(product(name + ".ffn1", h, layer, "linear1"), g.operand(name + ".ffn1.threshold", inner.times(-1)));
        return skipNorm(name + ".norm2", product(name + ".ffn2", activated, layer, "linear2"), h, g.operand(name + ".ffn2.constant", constant),
                layer.at("norm2"));
    }

    private Value product(String name, Value x, Weights layer, String linear) {
        return g.gemm(x, g.operand(name, layer.get(linear + ".weight")), null);
    }

    private Value skipNorm(String name, Value x, Value skip, Value bias, Weights norm) {
        return new RuntimeOperators(g).skipLayerNormalization(x, skip, bias, g.operand(name + ".scale", norm.get("weight")), g.operand(name + ".shift", norm.get("bias")),
                NORM_EPSILON);
    }

    /** Queries, keys and values of a layer side by side: [n, width] to [n, 3 * width]. */
    Value queriesKeysValues(int index, Value x) {
        return projection(name(index) + ".qkv", index, x, 0, 3);
    }

    /** [n, width] to [n, 2 * width]. */
    Value keysValues(int index, Value x) {
        return projection(name(index) + ".kv", index, x, 1, 3);
    }

    /** [n, width] to the same. */
    Value queries(int index, Value x) {
        return projection(name(index) + ".q", index, x, 0, 1);
    }

    private Value projection(String name, int index, Value x, int from, int to) {
        Weights layer = layer(index);
        return g.gemm(x, g.operand(name, layer.get("self_attn.in_proj_weight").rows(from * width, to * width)),
                g.operand(name + ".bias", layer.get("self_attn.in_proj_bias").rows(from * width, to * width)));
    }

    /** Output projection, feed-forward part and the two normalisations: [n, width] to the same. */
    Value afterAttention(int index, Value x, Value attended) {
        Weights layer = layer(index);
        String name = name(index);
        Value a = g.add(x, linear(name + ".out", g.rounded(attended), layer, "self_attn.out_proj"));
        Value h = norm(name + ".norm1", a, layer.at("norm1"));
        Value inner = g.relu(linear(name + ".ffn1", h, layer, "linear1"));
        Value f = linear(name + ".ffn2", inner, layer, "linear2");
        return norm(name + ".norm2", g.add(h, f), layer.at("norm2"));
    }

    /** Scores of the next token, single precision: [n, width] to [n, tokens], the graph's output {@code logits}. */
    void logits(Value x) {
        Dense head = weights.get("ar_predict_layer.weight");
        g.output("logits", g.gemm(g.widened(x), g.weight("ar_predict_layer", head), null), ElementType.FLOAT, "batch", head.extent(0));
    }

    private static String name(int index) {
        return "layer" + index;
    }

    private Weights layer(int index) {
        return weights.at("h.layers." + index);
    }

    private Value linear(String name, Value x, Weights layer, String linear) {
        return g.gemm(x, g.operand(name, layer.get(linear + ".weight")), g.operand(name + ".bias", layer.get(linear + ".bias")));
    }

    private Value norm(String name, Value x, Weights norm) {
        Dense scale = norm.get("weight");
        Dense shift = norm.get("bias");
        return g.rounded(g.layerNormalization(x, g.weight(name + ".scale", scale), g.weight(name + ".shift", shift), NORM_EPSILON));
    }
}
