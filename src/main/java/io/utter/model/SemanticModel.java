package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Optional;

/**
 * The autoregressive transformer: phones and earlier tokens to the scores of the next token (spec 4). Safe for use by many threads,
 * each with batches of its own.
 */
public final class SemanticModel implements AutoCloseable {
    private final Manifest.Semantic shape;
    private final Network network;
    private final Optional<Network> features;

    public SemanticModel(Bundle bundle, int threads) {
        this.shape = bundle.manifest().semantic();
        this.network = new Network(bundle.file(Bundle.SEMANTIC), threads);
        this.features = shape.featureWidth() == 0
                ? Optional.empty() : Optional.of(new Network(bundle.file(Bundle.FEATURES), threads));
    }

    public Manifest.Semantic shape() {
        return shape;
    }

    /** Sequences that are decoded together. */
    public TokenDecoder newBatch(int maxRows) {
        return new SemanticBatch(this, network, maxRows);
    }

    /**
     * Phones' features, projected, then zeros for the prompt: [1, rows, width]; or one zero for all.
     *
     * @param values [phones, featureWidth], row by row, or empty
     */
    OnnxTensor feature(float[] values, int rows) {
        if (values.length == 0 || features.isEmpty()) {
            return network.floats(new float[1], 1, 1, 1);
        }
        int phones = values.length / shape.featureWidth();
        Network projection = features.orElseThrow();
        try (OnnxTensor in = projection.floats(values, phones, shape.featureWidth());
                OrtSession.Result result = projection.run(Map.of("features", in), Map.of())) {
            FloatBuffer all = Network.floatBuffer(rows * shape.width());
            all.put(0, Network.array(result, "feature"));
            return network.floats(all, 1, rows, shape.width());
        }
    }

    @Override
    public void close() {
        network.close();
        features.ifPresent(Network::close);
    }
}
