package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.stream.LongStream;

/** Tokens and phones to the distribution of latent frames (spec 5.1). Safe for use by many threads. */
public final class PriorModel implements AutoCloseable {
    private final Network network;
    private final int framesPerToken;

    public PriorModel(Bundle bundle, int threads) {
        this.network = new Network(bundle.file(Bundle.PRIOR), threads);
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
        try (OnnxTensor tokenTensor = network.longs(widen(tokens), tokens.length);
                OnnxTensor phoneTensor = network.longs(widen(phones), phones.length);
                OnnxTensor framePosition = network.longs(LongStream.range(0, encoded).toArray(), encoded);
                OnnxTensor phonePosition = network.longs(LongStream.range(0, phones.length).toArray(), phones.length);
                OnnxTensor styleTensor = network.floats(style, 1, style.length);
                OnnxTensor left = network.longs(frames.left(encoded), wanted);
                OnnxTensor right = network.longs(frames.right(encoded), wanted);
                OnnxTensor blend = network.floats(frames.blend(encoded), wanted);
                OrtSession.Result result = network.run(Map.of("tokens", tokenTensor, "phones", phoneTensor, "frame_position", framePosition,
                        "phone_position", phonePosition, "style", styleTensor, "left", left, "right", right, "blend", blend), Map.of())) {
            return new Latents(Network.array(result, "mean"), Network.array(result, "log_deviation"), wanted);
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
