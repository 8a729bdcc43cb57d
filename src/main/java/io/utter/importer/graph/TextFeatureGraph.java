package io.utter.importer.graph;

/**
 * Characters to text features: BERT (Devlin et al. 2018, in the layout of Hugging Face) without its last two layers, whose results upstream does
 * not use (spec 2.5).
 *
 * <pre>
 * ids       int64  [1, ids]                 begin mark, a character each, end mark
 * features  float  [characters, width]      of the characters alone
 * </pre>
 */
public final class TextFeatureGraph {
    private static final int UNUSED_LAYERS = 2;

    private final GraphBuilder g;
    private final Weights weights;
    private final Shape shape;

    /**
     * What tensors do not tell.
     *
     * @param heads of attention
     * @param epsilon of the layer normalisations
     */
    public record Shape(int heads, float epsilon) {}

    private TextFeatureGraph(GraphBuilder g, Weights weights, Shape shape) {
        this.g = g;
        this.weights = weights;
        this.shape = shape;
    }

    /** Width of the features. */
    public static int width(Weights weights) {
        return weights.get("embeddings.word_embeddings.weight").extent(1);
    }

    /** @param weights tensors without the prefix {@code bert.} */
    public static void write(GraphBuilder g, Weights weights, Shape shape) {
        new TextFeatureGraph(g, weights, shape).write();
    }

    private void write() {
        Value ids = g.input("ids", ElementType.INT64, 1, "ids");
        Value words = g.gather(g.weight("words", weights.get("embeddings.word_embeddings.weight")), ids, 0); // [1, ids, width]
        Value count = g.slice(g.shape(ids), g.integers(1), g.integers(2), 0);
        Value places = g.slice(g.weight("places", places()), g.integers(0), count, 0); // [ids, width]
        Value x = norm("norm", g.add(words, places), weights.at("embeddings.LayerNorm"));
        int layers = weights.countOf("encoder.layer", "output.dense.weight") - UNUSED_LAYERS;
        for (int i = 0; i < layers; i++) {
            x = layer("layer" + i, x, weights.at("encoder.layer." + i));
        }
        Value characters = g.slice(g.reshape(x, -1, width(weights)), g.integers(1), g.integers(-1), 0);
        g.output("features", characters, ElementType.FLOAT, "characters", width(weights));
    }

    /** What tells a place, and that all belongs to the first of BERT's two sentences: [places, width]. */
    private Dense places() {
        Dense positions = weights.get("embeddings.position_embeddings.weight");
        Dense sentences = weights.get("embeddings.token_type_embeddings.weight");
        float[] sums = positions.values().clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += sentences.values()[i % positions.extent(1)];
        }
        return new Dense(positions.shape(), sums);
    }

    private Value layer(String name, Value x, Weights layer) {
        Weights self = layer.at("attention.self");
        int width = width(weights);
        int headWidth = width / shape.heads;
        Value query = g.splitHeads(Linear.of(self, "query").times((float) (1 / Math.sqrt(headWidth))).apply(g, name + ".q", x), shape.heads, headWidth);
        Value key = g.splitHeadsTransposed(Linear.of(self, "key").apply(g, name + ".k", x), shape.heads, headWidth);
        Value value = g.splitHeads(Linear.of(self, "value").apply(g, name + ".v", x), shape.heads, headWidth);
        Value joined = g.joinHeads(g.matMul(g.softmax(g.matMul(query, key), 3), value), width);
        Value attended = Linear.of(layer, "attention.output.dense").apply(g, name + ".o", joined);
        Value h = norm(name + ".norm", g.add(x, attended), layer.at("attention.output.LayerNorm"));
        Value inner = g.gelu(Linear.of(layer, "intermediate.dense").apply(g, name + ".inner", h));
        Value outer = Linear.of(layer, "output.dense").apply(g, name + ".outer", inner);
        return norm(name + ".last", g.add(h, outer), layer.at("output.LayerNorm"));
    }

    /** Older files call scale and shift gamma and beta. */
    private Value norm(String name, Value x, Weights norm) {
        boolean old = norm.has("gamma");
        return g.layerNormalization(x, g.weight(name + ".scale", norm.get(old ? "gamma" : "weight")),
                g.weight(name + ".shift", norm.get(old ? "beta" : "bias")), shape.epsilon);
    }
}
