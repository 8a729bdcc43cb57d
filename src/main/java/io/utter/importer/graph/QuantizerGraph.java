package io.utter.importer.graph;

/**
 * Content features to semantic tokens, 25 per second (spec 3.2): a convolution that halves the rate, then the nearest row of the code book.
 * It belongs to the acoustic checkpoint.
 *
 * <pre>
 * features  float [1, frames, contentWidth]
 * tokens    int64 [1, frames / 2]
 * </pre>
 */
public final class QuantizerGraph {
    private static final String PROJECTION = "ssl_proj";

    private QuantizerGraph() {}

    /** Width of the features that it reads; 0 if the checkpoint has none of it. */
    public static int contentWidth(Weights weights) {
        return weights.has(PROJECTION + ".weight") ? weights.get(PROJECTION + ".weight").extent(1) : 0;
    }

    public static void write(GraphBuilder g, Weights weights) {
        Dense kernel = weights.get(PROJECTION + ".weight"); // [content, content, 2]
        Dense codebook = weights.get("quantizer.vq.layers.0._codebook.embed"); // [codes, content]
        Value features = g.input("features", ElementType.FLOAT, 1, "frames", kernel.extent(1));
        Value x = g.conv(g.transpose(features, 0, 2, 1), g.weight("content", kernel), g.weight("content.bias", weights.get(PROJECTION + ".bias")),
                new int[] {kernel.extent(2)}, kernel.extent(2), 0, 1);
        x = g.transpose(x, 0, 2, 1); // [1, tokens, content]
        // -|x - e|^2 without |x|^2, which is the same for all e
        Value near = g.sub(g.matMul(x, g.weight("content.codes", codebook.transposed().times(2))), g.weight("content.lengths", squares(codebook)));
        g.output("tokens", g.argMax(near, 2), ElementType.INT64, 1, "tokens");
    }

    private static Dense squares(Dense rows) {
        int width = rows.extent(1);
        float[] sums = new float[rows.extent(0)];
        for (int r = 0; r < sums.length; r++) {
            double sum = 0;
            for (int i = 0; i < width; i++) {
                double value = rows.values()[r * width + i];
                sum += value * value;
            }
            sums[r] = (float) sum;
        }
        return Dense.vector(sums);
    }
}
