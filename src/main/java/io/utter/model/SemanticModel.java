package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The autoregressive transformer: phones and earlier tokens to the scores of the next token (spec 4). Safe for use by many threads,
 * each with sequences of its own.
 */
public final class SemanticModel implements AutoCloseable {
    /** Added to the score of what must not be looked at. */
    private static final float MASKED = -1e30f;

    private final Manifest.Semantic shape;
    private final Network network;
    private final Optional<Network> features;
    private final OnnxTensor noFeature;
    private final OnnxTensor firstRow;

    public SemanticModel(Bundle bundle, int threads) {
        this.shape = bundle.manifest().semantic();
        this.network = new Network(bundle.file(Bundle.SEMANTIC), threads);
        this.features = shape.featureWidth() == 0
                ? Optional.empty() : Optional.of(new Network(bundle.file(Bundle.FEATURES), threads));
        this.noFeature = network.floats(new float[1], 1, 1, 1);
        this.firstRow = network.longs(new long[1], 1);
    }

    public Manifest.Semantic shape() {
        return shape;
    }

    /** Begins a sequence. */
    public Sequence newSequence() {
        return new Sequence();
    }

    @Override
    public void close() {
        noFeature.close();
        firstRow.close();
        network.close();
        features.ifPresent(Network::close);
    }

    /** One utterance that is being decoded: its caches and where it stands. Belongs to one thread at a time; can be used again. */
    public final class Sequence implements AutoCloseable {
        private final KeyValueCache cache = new KeyValueCache(network, shape);
        private final float[] logits = new float[shape.tokens()];
        private final LongBuffer token = Network.longBuffer(1);
        private final LongBuffer position = Network.longBuffer(1);
        private final LongBuffer write = Network.longBuffer(1);
        private final FloatBuffer scores = Network.floatBuffer(shape.tokens());
        private final Map<String, OnnxTensor> inputs = new HashMap<>();
        private final Map<String, OnnxTensor> outputs = new HashMap<>();
        private FloatBuffer mask;
        private OnnxTensor maskTensor;
        private int maskedCapacity;
        private int tokens;

        private Sequence() {
            inputs.put("token", network.longs(token, 1, 1));
            inputs.put("position", network.longs(position, 1, 1));
            inputs.put("write", network.longs(write, 1));
            inputs.put("read", firstRow);
            inputs.put("feature", noFeature);
            outputs.put("logits", network.floats(scores, 1, shape.tokens()));
        }

        /**
         * Reads phones and prompt, forgetting what was there before. Phones see all phones; a token sees all phones and the tokens
         * before it.
         *
         * @param phones of the prompt, then of the text; at least one
         * @param features text features [phones, featureWidth], row by row, or an empty array if they are all zero
         * @param prompt tokens of the reference, may be empty
         * @param reserve how many steps are likely to follow
         * @return scores of the first token, [tokens]; overwritten by the next call
         */
        public float[] prefill(int[] phones, float[] features, int[] prompt, int reserve) {
            int rows = phones.length + prompt.length;
            cache.clear();
            cache.reserve(rows + reserve);
            tokens = prompt.length;

            long[] ids = new long[rows];
            long[] positions = new long[rows];
            for (int i = 0; i < rows; i++) {
                boolean phone = i < phones.length;
                ids[i] = phone ? phones[i] : shape.phones() + prompt[i - phones.length];
                positions[i] = phone ? i : i - phones.length;
            }
            Map<String, OnnxTensor> in = new HashMap<>(cache.inputs());
            Map<String, OnnxTensor> out = new HashMap<>(cache.outputs());
            out.put("logits", outputs.get("logits"));
            try (OnnxTensor idTensor = network.longs(ids, 1, rows);
                    OnnxTensor positionTensor = network.longs(positions, 1, rows);
                    OnnxTensor feature = feature(features, rows);
                    OnnxTensor mask = network.floats(prefillMask(phones.length, rows), 1, 1, rows, cache.capacity());
                    OnnxTensor read = network.longs(new long[] {rows - 1}, 1)) {
                write.put(0, 0);
                in.put("token", idTensor);
                in.put("position", positionTensor);
                in.put("feature", feature);
                in.put("mask", mask);
                in.put("write", inputs.get("write"));
                in.put("read", read);
                network.run(in, out).close();
            }
            cache.advance(rows);
            scores.get(0, logits);
            return logits;
        }

        private FloatBuffer prefillMask(int phones, int rows) {
            int capacity = cache.capacity();
            FloatBuffer mask = Network.floatBuffer(rows * capacity);
            float[] row = new float[capacity];
            java.util.Arrays.fill(row, phones, capacity, MASKED);
            for (int i = 0; i < rows; i++) {
                if (i >= phones) {
                    row[i] = 0;
                }
                mask.put(row);
            }
            return mask.flip();
        }

        /** Phones' features, projected, then zeros for the prompt: [1, rows, width]; or one zero for all. */
        private OnnxTensor feature(float[] values, int rows) {
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

        /**
         * Takes one token and goes one step on.
         *
         * @return scores of the next token, [tokens]; overwritten by the next call
         */
        public float[] step(int next) {
            cache.reserve(cache.length() + 1);
            unmask();
            token.put(0, shape.phones() + next);
            position.put(0, tokens);
            write.put(0, cache.length());
            network.run(inputs, outputs).close();
            cache.advance(1);
            tokens++;
            scores.get(0, logits);
            return logits;
        }

        /** Lets the next step see the row that it writes. */
        private void unmask() {
            int length = cache.length();
            if (maskedCapacity != cache.capacity()) {
                if (maskTensor != null) {
                    maskTensor.close();
                }
                maskedCapacity = cache.capacity();
                mask = Network.floatBuffer(maskedCapacity);
                maskTensor = network.floats(mask, 1, 1, 1, maskedCapacity);
                inputs.put("mask", maskTensor);
                inputs.putAll(cache.inputs());
                outputs.putAll(cache.outputs());
                steppedTo = -1;
            }
            if (steppedTo != length) {
                for (int i = 0; i < maskedCapacity; i++) {
                    mask.put(i, i < length ? 0 : MASKED);
                }
            }
            mask.put(length, 0);
            steppedTo = length + 1;
        }

        private int steppedTo = -1;

        /** Positions in the cache: phones, prompt and tokens read so far. */
        public int length() {
            return cache.length();
        }

        @Override
        public void close() {
            for (String own : new String[] {"token", "position", "write"}) {
                inputs.get(own).close();
            }
            outputs.get("logits").close();
            if (maskTensor != null) {
                maskTensor.close();
            }
            cache.close();
        }
    }
}
