package io.utter.model;

import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.Tensor;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The autoregressive transformer: phones and earlier tokens to the scores of the next token (spec 4). On the processor safe for use by many
 * threads, each with batches of its own; on a device by one, with one batch after the other.
 */
public final class SemanticModel implements AutoCloseable {
    private final Manifest.Semantic shape;
    private final Rows rows;
    private final Optional<Network> features;

    /** Makes batches; all that depends on where the transformer runs. */
    private interface Rows extends AutoCloseable {
        TokenDecoder newBatch(int maxRows);

        @Override
        void close();
    }

    /** @param threads how many threads of the processor one run may use */
    public SemanticModel(Bundle bundle, int threads) {
        this(bundle, Placement.onProcessor(threads));
    }

    public SemanticModel(Bundle bundle, Placement placement) {
        this.shape = bundle.manifest().semantic();
        this.rows = placement.usesDeviceGraphs() ? new DeviceRows(bundle, placement) : new ProcessorRows(bundle, placement);
        this.features = shape.featureWidth() == 0 ? Optional.empty() : Optional.of(placement.network(bundle, Bundle.FEATURES));
    }

    private final class ProcessorRows implements Rows {
        private final Network network;

        ProcessorRows(Bundle bundle, Placement placement) {
            this.network = placement.network(bundle, Bundle.SEMANTIC);
        }

        @Override
        public TokenDecoder newBatch(int maxRows) {
            return new SemanticBatch(SemanticModel.this, network, maxRows);
        }

        @Override
        public void close() {
            network.close();
        }
    }

    private final class DeviceRows implements Rows {
        private final Device device;
        private final DeviceSession prefill;
        private final DeviceSession decode;
        private final ElementType cacheType;
        private final int capacity;
        private final boolean repeatable;
        /** Of all batches together, so that no batch replays what another has captured. */
        private final AtomicInteger captures = new AtomicInteger();

        DeviceRows(Bundle bundle, Placement placement) {
            if (!Files.exists(bundle.file(Bundle.DECODE))) {
                throw bundle.importAgain("it has no graphs for devices");
            }
            this.cacheType = bundle.manifest().elementType();
            this.capacity = placement.room().rowPositions();
            this.repeatable = placement.room().repeatable();
            this.device = placement.open();
            try {
                this.prefill = placement.queued(bundle, Bundle.PREFILL, device);
            } catch (RuntimeException e) {
                device.close();
                throw e;
            }
            try {
                this.decode = placement.queued(bundle, Bundle.DECODE, device);
            } catch (RuntimeException e) {
                prefill.close();
                device.close();
                throw e;
            }
        }

        @Override
        public TokenDecoder newBatch(int maxRows) {
            return new DeviceBatch(SemanticModel.this, device, prefill, decode, captures, cacheType, maxRows, capacity, repeatable);
        }

        @Override
        public void close() {
            decode.close();
            prefill.close();
            device.close();
        }
    }

    public Manifest.Semantic shape() {
        return shape;
    }

    /** Sequences that are decoded together. */
    public TokenDecoder newBatch(int maxRows) {
        return rows.newBatch(maxRows);
    }

    /**
     * Phones' features, projected, then zeros for the prompt: [1, rows, width]; or one zero for all.
     *
     * @param values [phones, featureWidth], row by row, or empty
     */
    float[] feature(float[] values, int rows) {
        if (!listensTo(values)) {
            return new float[1];
        }
        int phones = values.length / shape.featureWidth();
        Network projection = features.orElseThrow();
        try (Tensor in = projection.floats(values, phones, shape.featureWidth())) {
            return Arrays.copyOf(projection.run(Map.of("features", in), "feature").get("feature"), rows * shape.width());
        }
    }

    /** Of {@link #feature}. */
    long[] featureShape(float[] values, int rows) {
        return listensTo(values) ? new long[] {1, rows, shape.width()} : new long[] {1, 1, 1};
    }

    private boolean listensTo(float[] values) {
        return values.length > 0 && features.isPresent();
    }

    @Override
    public void close() {
        rows.close();
        features.ifPresent(Network::close);
    }
}
