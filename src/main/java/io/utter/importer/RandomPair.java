package io.utter.importer;

import io.utter.importer.checkpoint.GptConfig;
import io.utter.importer.checkpoint.SovitsConfig;
import io.utter.importer.graph.Dense;
import io.utter.importer.graph.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The networks of a pair with random weights: they compute what a voice's do, and as fast, and nothing that makes sense. Tensors are
 * named and shaped as in checkpoints (spec 1), made when they are asked for, and scaled so that values stay of the order of one.
 */
final class RandomPair {
    /** Upstream's own widths: 24 layers x 512, and the generator of {@code s2.json}. */
    static final Sizes FULL = new Sizes("v2", 24, 512, 16, 192, 768, 6, 512, 16, 512, 512, 0, 768, 128);
    static final Sizes FULL_PRO = new Sizes("v2Pro", 24, 512, 16, 192, 768, 6, 512, 16, 1024, 512, 20480, 768, 128);
    static final Sizes FULL_PRO_PLUS = new Sizes("v2ProPlus", 24, 512, 16, 192, 768, 6, 768, 20, 1024, 512, 20480, 768, 128);
    /** So small that it is made in no time. */
    static final Sizes TINY = new Sizes("v2", 2, 64, 4, 64, 64, 2, 32, 16, 32, 32, 0, 32, 32);

    private static final int PHONES = 732;
    private static final int TOKENS = 1025;
    private static final int FEATURES = 1024;
    /** No sentence ends by itself: so long it goes on. */
    private static final int MAX_SECONDS = 3;
    private static final int ENCODER_HEADS = 2;
    private static final int STYLE_BINS = 704;
    private static final int RELATIVE_POSITIONS = 9;
    private static final int FLOW_LAYERS = 4;
    private static final List<Integer> RATES = List.of(10, 8, 2, 2, 2);
    private static final List<Integer> LATER_KERNELS = List.of(16, 8, 2, 2);
    private static final List<Integer> BLOCK_KERNELS = List.of(3, 7, 11);
    private static final List<Integer> DILATIONS = List.of(1, 3, 5);
    /** A residual block's own part, so that it does not grow from stage to stage. */
    private static final float RESIDUAL = 0.3f;
    /** Small enough for tanh to let it through. */
    private static final float LAST = 0.2f;

    /**
     * What differs from pair to pair.
     *
     * @param generation as upstream spells it
     * @param layers of the transformer
     * @param width of the transformer
     * @param heads of the transformer
     * @param hidden width of encoders, flow and latent frames
     * @param filter inner width of the encoders' feed-forward part
     * @param encoderLayers layers of the text encoder; the two others have half as many
     * @param generator channels at the generator's beginning
     * @param firstKernel kernel size of the generator's first upsampling
     * @param style width of the style vector
     * @param crossAttention width of the attention from frames to phones
     * @param speaker width of the speaker embedding; 0 for generations without
     * @param content width of the code book
     * @param styleHidden inner width of the style encoder
     */
    record Sizes(String generation, int layers, int width, int heads, int hidden, int filter, int encoderLayers, int generator, int firstKernel,
            int style, int crossAttention, int speaker, int content, int styleHidden) {
        List<Integer> kernels() {
            return Stream.concat(Stream.of(firstKernel), LATER_KERNELS.stream()).toList();
        }
    }

    private record Tensor(long[] shape, float deviation, float mean) {}

    private final Sizes sizes;
    private final long seed;
    private final Map<String, Tensor> tensors = new HashMap<>();

    RandomPair(Sizes sizes, long seed) {
        this.sizes = sizes;
        this.seed = seed;
        transformer();
        prior();
        flow();
        generator();
        style();
    }

    GptConfig gpt() {
        return new GptConfig(sizes.width, sizes.width, sizes.heads, sizes.layers, TOKENS, PHONES, TOKENS - 1, MAX_SECONDS);
    }

    SovitsConfig.Model sovits() {
        return new SovitsConfig.Model(sizes.hidden, sizes.hidden, sizes.filter, ENCODER_HEADS, sizes.encoderLayers, 3, "1", BLOCK_KERNELS,
                BLOCK_KERNELS.stream().map(kernel -> DILATIONS).toList(), RATES, sizes.generator, sizes.kernels(), sizes.style);
    }

    Weights weights() {
        return new Weights(this::values);
    }

    private Dense values(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            return null;
        }
        Random random = new Random(seed ^ name.hashCode());
        float[] values = new float[Math.toIntExact(Arrays.stream(tensor.shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.mean + (tensor.deviation == 0 ? 0 : tensor.deviation * (float) random.nextGaussian());
        }
        if (name.equals("ar_predict_layer.weight")) { // no utterance ends by itself: others have far better scores
            Arrays.fill(values, (TOKENS - 1) * sizes.width, values.length, 0);
        }
        return new Dense(tensor.shape, values);
    }

    private void zeros(String name, long... shape) {
        tensors.put(name, new Tensor(shape, 0, 0));
    }

    private void ones(String name, long... shape) {
        tensors.put(name, new Tensor(shape, 0, 1));
    }

    private void table(String name, long... shape) {
        tensors.put(name, new Tensor(shape, 1, 0));
    }

    /** A result is as large as its input, times the gain. */
    private void weight(String name, float gain, long... shape) {
        long fan = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
        tensors.put(name, new Tensor(shape, gain / (float) Math.sqrt(fan), 0));
    }

    private void linear(String name, float gain, long... shape) {
        weight(name + ".weight", gain, shape);
        zeros(name + ".bias", shape[0]);
    }

    /** Weight-normed: directions of length one, and their lengths. */
    private void normed(String name, float gain, long outputs, long... shape) {
        weight(name + ".weight_v", 1, shape);
        tensors.put(name + ".weight_g", new Tensor(new long[] {shape[0], 1, 1}, 0, gain));
        zeros(name + ".bias", outputs);
    }

    private void transformer() {
        int width = sizes.width;
        linear("bert_proj", 1, width, FEATURES);
        table("ar_text_embedding.word_embeddings.weight", PHONES, width);
        table("ar_audio_embedding.word_embeddings.weight", TOKENS, width);
        ones("ar_text_position.alpha", 1);
        ones("ar_audio_position.alpha", 1);
        weight("ar_predict_layer.weight", 1, TOKENS, width);
        for (int i = 0; i < sizes.layers; i++) {
            String layer = "h.layers." + i + ".";
            weight(layer + "self_attn.in_proj_weight", 1, 3L * width, width);
            zeros(layer + "self_attn.in_proj_bias", 3L * width);
            linear(layer + "self_attn.out_proj", 1, width, width);
            linear(layer + "linear1", 1, 4L * width, width);
            linear(layer + "linear2", 1, width, 4L * width);
            for (String norm : List.of("norm1", "norm2")) {
                ones(layer + norm + ".weight", width);
                zeros(layer + norm + ".bias", width);
            }
        }
    }

    private void prior() {
        int hidden = sizes.hidden;
        table("quantizer.vq.layers.0._codebook.embed", TOKENS - 1, sizes.content);
        linear("enc_p.ssl_proj", 1, hidden, sizes.content, 1);
        table("enc_p.text_embedding.weight", PHONES, hidden);
        encoder("enc_p.encoder_ssl", sizes.encoderLayers / 2);
        encoder("enc_p.encoder_text", sizes.encoderLayers);
        encoder("enc_p.encoder2", sizes.encoderLayers / 2);
        for (String projection : List.of("conv_q", "conv_k", "conv_v", "conv_o")) {
            linear("enc_p.mrte.cross_attention." + projection, 1, sizes.crossAttention, sizes.crossAttention, 1);
        }
        linear("enc_p.mrte.c_pre", 1, sizes.crossAttention, hidden, 1);
        linear("enc_p.mrte.text_pre", 1, sizes.crossAttention, hidden, 1);
        linear("enc_p.mrte.c_post", 1, hidden, sizes.crossAttention, 1);
        linear("enc_p.proj", 1, 2L * hidden, hidden, 1);
    }

    private void encoder(String name, int layers) {
        int hidden = sizes.hidden;
        for (int i = 0; i < layers; i++) {
            String attention = name + ".attn_layers." + i + ".";
            for (String relative : List.of("emb_rel_k", "emb_rel_v")) {
                weight(attention + relative, 1, 1, RELATIVE_POSITIONS, hidden / ENCODER_HEADS);
            }
            for (String projection : List.of("conv_q", "conv_k", "conv_v", "conv_o")) {
                linear(attention + projection, 1, hidden, hidden, 1);
            }
            linear(name + ".ffn_layers." + i + ".conv_1", 1, sizes.filter, hidden, 3);
            linear(name + ".ffn_layers." + i + ".conv_2", 1, hidden, sizes.filter, 3);
            for (String norm : List.of(".norm_layers_1.", ".norm_layers_2.")) {
                ones(name + norm + i + ".gamma", hidden);
                zeros(name + norm + i + ".beta", hidden);
            }
        }
    }

    private void flow() {
        int hidden = sizes.hidden;
        for (int i = 0; i <= 6; i += 2) {
            String coupling = "flow.flows." + i + ".";
            linear(coupling + "pre", 1, hidden, hidden / 2, 1);
            linear(coupling + "post", RESIDUAL, hidden / 2, hidden, 1);
            normed(coupling + "enc.cond_layer", 1, 2L * hidden * FLOW_LAYERS, 2L * hidden * FLOW_LAYERS, sizes.style, 1);
            for (int layer = 0; layer < FLOW_LAYERS; layer++) {
                long outputs = layer < FLOW_LAYERS - 1 ? 2L * hidden : hidden;
                normed(coupling + "enc.in_layers." + layer, 1, 2L * hidden, 2L * hidden, hidden, 5);
                normed(coupling + "enc.res_skip_layers." + layer, 1, outputs, outputs, hidden, 1);
            }
        }
    }

    private void generator() {
        linear("dec.conv_pre", 1, sizes.generator, sizes.hidden, 7);
        linear("dec.cond", 1, sizes.generator, sizes.style, 1);
        int channels = sizes.generator;
        for (int stage = 0; stage < RATES.size(); stage++) {
            channels /= 2;
            normed("dec.ups." + stage, (float) Math.sqrt(RATES.get(stage)), channels, 2L * channels, channels, sizes.kernels().get(stage));
            for (int block = 0; block < BLOCK_KERNELS.size(); block++) {
                String name = "dec.resblocks." + (stage * BLOCK_KERNELS.size() + block) + ".";
                for (int i = 0; i < DILATIONS.size(); i++) {
                    normed(name + "convs1." + i, 1, channels, channels, channels, BLOCK_KERNELS.get(block));
                    normed(name + "convs2." + i, RESIDUAL, channels, channels, channels, BLOCK_KERNELS.get(block));
                }
            }
        }
        weight("dec.conv_post.weight", LAST, 1, channels, 7);
    }

    private void style() {
        int hidden = sizes.styleHidden;
        linear("ref_enc.spectral.0.fc", 1, hidden, STYLE_BINS);
        linear("ref_enc.spectral.3.fc", 1, hidden, hidden);
        for (int i = 0; i < 2; i++) {
            linear("ref_enc.temporal." + i + ".conv1.conv", 1, 2L * hidden, hidden, 5);
        }
        for (String projection : List.of("w_qs", "w_ks", "w_vs", "fc")) {
            linear("ref_enc.slf_attn." + projection, 1, hidden, hidden);
        }
        linear("ref_enc.fc.fc", 1, sizes.style, hidden);
        linear("ssl_proj", 1, sizes.content, sizes.content, 2);
        if (sizes.speaker > 0) {
            linear("sv_emb", 1, sizes.style, sizes.speaker);
            linear("ge_to512", 1, sizes.crossAttention, sizes.style);
            tensors.put("prelu.weight", new Tensor(new long[] {sizes.style}, 0, 0.25f));
        }
    }
}
