package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Map;
import java.util.stream.LongStream;

/** Tokens and phones to the distribution of latent frames (spec 5.1). Safe for use by many threads. */
public final class PriorModel implements AutoCloseable {
    private final Network network;
    private final int framesPerToken;

    /** @param threads how many threads of the processor one run may use */
    public PriorModel(Bundle bundle, int threads) {
        this(bundle, Placement.onProcessor(threads));
    }

    public PriorModel(Bundle bundle, Placement placement) {
        this.network = placement.network(bundle, Bundle.PRIOR);
        this.framesPerToken = bundle.manifest().acoustic().framesPerToken();
    }

    /**
     * Mean and logarithm of the deviation of consecutive frames.
     *
     * @param mean [latentWidth, frames]
     * @param logDeviation [latentWidth, frames]
     */
    public record Latents(float[] mean, float[] logDeviation, int frames) {}

    /**
     * @param tokens all tokens of the utterance so far
     * @param phones its phones, those of the prompt excluded
     * @param style style vector, [1, styleWidth]
     * @param frames which frames are wanted
     */
    public Latents encode(int[] tokens, int[] phones, float[] style, FrameSelection frames) {
        int encoded = tokens.length * framesPerToken;
        int wanted = frames.count();
        try (Tensor tokenTensor = network.longs(widen(tokens), tokens.length);
                Tensor phoneTensor = network.longs(widen(phones), phones.length);
                Tensor framePosition = network.longs(LongStream.range(0, encoded).toArray(), encoded);
                Tensor phonePosition = network.longs(LongStream.range(0, phones.length).toArray(), phones.length);
                Tensor styleTensor = network.floats(style, 1, style.length);
                Tensor left = network.longs(frames.left(encoded), wanted);
                Tensor right = network.longs(frames.right(encoded), wanted);
                Tensor blend = network.floats(frames.blend(encoded), wanted)) {
            Map<String, float[]> result = network.run(Map.of("tokens", tokenTensor, "phones", phoneTensor, "frame_position", framePosition,
                    "phone_position", phonePosition, "style", styleTensor, "left", left, "right", right, "blend", blend), "mean", "log_deviation");
            return new Latents(result.get("mean"), result.get("log_deviation"), wanted);
        }
    }

    private static long[] widen(int[] values) {
        return java.util.Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public void close() {
        network.close();
    }
}
