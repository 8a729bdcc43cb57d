package io.utter.importer.graph;

import java.util.List;

/**
 * Reference spectrogram to style vector (upstream's {@code ref_enc}, the style encoder of Min et al. 2021; spec 3.4).
 *
 * <pre>
 * spectrogram  float [1, bins, frames]   magnitudes; only as many bins as the weights have
 * speaker      float [1, speakerWidth]   only in the Pro generations: the speaker network's embedding
 * style        float [1, styleWidth]
 * </pre>
 */
public final class StyleGraph {
    private static final int HEADS = 2;
    private static final String SPEAKER_LAYER = "sv_emb";

    private final GraphBuilder g;
    private final Weights network;
    private final Weights weights;

    private StyleGraph(GraphBuilder g, Weights weights) {
        this.g = g;
        this.network = weights;
        this.weights = weights.at("ref_enc");
    }

    /** Width of the speaker embedding that the network reads; 0 if it reads none. */
    public static int speakerWidth(Weights weights) {
        return weights.has(SPEAKER_LAYER + ".weight") ? weights.get(SPEAKER_LAYER + ".weight").extent(1) : 0;
    }

    public static void write(GraphBuilder g, Weights weights) {
        new StyleGraph(g, weights).write();
    }

    private void write() {
        Value spectrogram = g.input("spectrogram", ElementType.FLOAT, 1, bins(), "frames");
        Value x = g.transpose(spectrogram, 0, 2, 1); // [1, frames, bins]
        x = g.mish(Linear.of(weights, "spectral.0.fc").apply(g, "spectral0", x));
        x = g.mish(Linear.of(weights, "spectral.3.fc").apply(g, "spectral1", x));
        x = g.transpose(x, 0, 2, 1); // [1, width, frames]
        for (int i = 0; i < weights.countOf("temporal", "conv1.conv.weight"); i++) {
            List<Value> gates = g.split(Convolution.of(weights, "temporal." + i + ".conv1.conv").apply(g, "temporal" + i, x), 1, 2);
            x = g.add(x, g.mul(gates.get(0), g.sigmoid(gates.get(1))));
        }
        x = attention(g.transpose(x, 0, 2, 1));
        Linear last = Linear.of(weights, "fc.fc");
        // The mean over time of a linear layer is the layer of the mean.
        Value style = last.apply(g, "fc", g.reduceMean(x, 1, false));
        int speakerWidth = speakerWidth(network);
        if (speakerWidth > 0) {
            Value speaker = g.input("speaker", ElementType.FLOAT, 1, speakerWidth);
            Value sum = g.add(style, Linear.of(network, SPEAKER_LAYER).apply(g, "speaker.layer", speaker));
            style = g.prelu(sum, g.weight("speaker.slope", network.get("prelu.weight")));
        }
        g.output("style", style, ElementType.FLOAT, 1, last.matrix().extent(1));
    }

    private int bins() {
        return weights.get("spectral.0.fc.weight").extent(1);
    }

    private Value attention(Value x) {
        int width = weights.get("slf_attn.fc.weight").extent(0);
        float scale = (float) (1 / Math.sqrt(width)); // by the full width, not the head's
        Value query = g.splitHeads(Linear.of(weights, "slf_attn.w_qs").times(scale).apply(g, "q", x), HEADS, width / HEADS);
        Value key = g.splitHeadsTransposed(Linear.of(weights, "slf_attn.w_ks").apply(g, "k", x), HEADS, width / HEADS);
        Value value = g.splitHeads(Linear.of(weights, "slf_attn.w_vs").apply(g, "v", x), HEADS, width / HEADS);
        Value attended = g.matMul(g.softmax(g.matMul(query, key), 3), value);
        Value joined = g.joinHeads(attended, width);
        return g.add(x, Linear.of(weights, "slf_attn.fc").apply(g, "o", joined));
    }
}
