package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Arrays;
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
    Tensor feature(float[] values, int rows) {
        if (values.length == 0 || features.isEmpty()) {
            return network.floats(new float[1], 1, 1, 1);
        }
        int phones = values.length / shape.featureWidth();
        Network projection = features.orElseThrow();
        try (Tensor in = projection.floats(values, phones, shape.featureWidth())) {
            float[] projected = projection.run(Map.of("features", in), "feature").get("feature");
            return network.floats(Arrays.copyOf(projected, rows * shape.width()), 1, rows, shape.width());
        }
    }

    @Override
    public void close() {
        network.close();
        features.ifPresent(Network::close);
    }
}
