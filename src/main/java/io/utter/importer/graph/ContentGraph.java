package io.utter.importer.graph;

/**
 * Sound to content features (HuBERT base, Hsu et al. 2021, in the layout of Hugging Face; spec 3.2).
 *
 * <pre>
 * wave      float [1, samples]                16 kHz, as it is
 * features  float [1, frames, contentWidth]   some 50 per second
 * </pre>
 */
public final class ContentGraph {
    private static final String EXTRACTOR = "feature_extractor.conv_layers";

    private final GraphBuilder g;
    private final Weights weights;
    private final Shape shape;

    /**
     * What tensors do not tell.
     *
     * @param strides of the convolutions at the beginning
     * @param heads of attention
     * @param positionGroups groups of channels in the positional convolution
     * @param epsilon of the layer normalisations
     */
    public record Shape(java.util.List<Integer> strides, int heads, int positionGroups, float epsilon) {}

    private ContentGraph(GraphBuilder g, Weights weights, Shape shape) {
        this.g = g;
        this.weights = weights;
        this.shape = shape;
    }

    /** Width of the features. */
    public static int width(Weights weights) {
        return weights.get("feature_projection.projection.weight").extent(0);
    }

    public static void write(GraphBuilder g, Weights weights, Shape shape) {
        new ContentGraph(g, weights, shape).write();
    }

    private void write() {
        Value wave = g.input("wave", ElementType.FLOAT, 1, "samples");
        Value x = g.transpose(extracted(g.unsqueeze(wave, 1)), 0, 2, 1); // [1, frames, channels]
        x = norm("projection.norm", x, weights.at("feature_projection.layer_norm"));
        x = Linear.of(weights, "feature_projection.projection").apply(g, "projection", x); // [1, frames, width]
        x = norm("norm", g.add(x, positions(x)), weights.at("encoder.layer_norm"));
        for (int i = 0; i < weights.countOf("encoder.layers", "layer_norm.weight"); i++) {
            x = layer("layer" + i, x, weights.at("encoder.layers." + i));
        }
        g.output("features", x, ElementType.FLOAT, 1, "frames", width(weights));
    }

    /** [1, 1, samples] to [1, channels, frames]. */
    private Value extracted(Value wave) {
        Value x = wave;
        for (int i = 0; i < shape.strides.size(); i++) {
            Dense kernel = weights.get(EXTRACTOR + "." + i + ".conv.weight");
            x = g.conv(x, g.operand("extractor" + i, kernel), null, new int[] {kernel.extent(2)}, shape.strides.get(i), 0, 1);
            Weights norm = weights.at(EXTRACTOR + "." + i + ".layer_norm");
            if (norm.has("weight")) { // a group for each channel: each is normalised over time
                x = g.instanceNormalization(x, g.weight("extractor.scale", norm.get("weight")), g.weight("extractor.shift", norm.get("bias")),
                        shape.epsilon);
            }
            x = g.gelu(x);
        }
        return x;
    }

    /** What tells frames their place: a convolution over some two seconds, [1, frames, width]. */
    private Value positions(Value x) {
        Weights layer = weights.at("encoder.pos_conv_embed.conv");
        Dense kernel = layer.has("weight_v") ? Dense.weightNormedByLast(layer.get("weight_g"), layer.get("weight_v")) : layer.get("weight");
        int size = kernel.extent(2);
        Value y = g.conv(g.transpose(x, 0, 2, 1), g.operand("positions", kernel), g.operand("positions.bias", layer.get("bias")),
                new int[] {size}, 1, size / 2, shape.positionGroups);
        if (size % 2 == 0) { // it gives one frame more than it was given
            y = g.slice(y, g.integers(0), g.integers(-1), 2);
        }
        return g.transpose(g.gelu(y), 0, 2, 1);
    }

    private Value layer(String name, Value x, Weights layer) {
        Weights attention = layer.at("attention");
        int width = width(weights);
        int headWidth = width / shape.heads;
        Value query = g.splitHeads(Linear.of(attention, "q_proj").times((float) (1 / Math.sqrt(headWidth))).apply(g, name + ".q", x), shape.heads, headWidth);
        Value key = g.splitHeadsTransposed(Linear.of(attention, "k_proj").apply(g, name + ".k", x), shape.heads, headWidth);
        Value value = g.splitHeads(Linear.of(attention, "v_proj").apply(g, name + ".v", x), shape.heads, headWidth);
        Value joined = g.joinHeads(g.matMul(g.softmax(g.matMul(query, key), 3), value), width);
        Value h = norm(name + ".norm", g.add(x, Linear.of(attention, "out_proj").apply(g, name + ".o", joined)), layer.at("layer_norm"));
        Value inner = g.gelu(Linear.of(layer, "feed_forward.intermediate_dense").apply(g, name + ".inner", h));
        Value outer = Linear.of(layer, "feed_forward.output_dense").apply(g, name + ".outer", inner);
        return norm(name + ".last", g.add(h, outer), layer.at("final_layer_norm"));
    }

    private Value norm(String name, Value x, Weights norm) {
        return g.layerNormalization(x, g.weight(name + ".scale", norm.get("weight")), g.weight(name + ".shift", norm.get("bias")), shape.epsilon);
    }
}
