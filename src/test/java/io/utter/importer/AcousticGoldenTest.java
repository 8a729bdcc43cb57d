package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.PriorModel;
import io.utter.model.StyleModel;
import io.utter.model.WaveformModel;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Style encoder, prior, flow and generator of v1, v2, v2Pro and v2ProPlus against upstream. */
class AcousticGoldenTest {
    private static final double TOLERANCE = 1e-4;
    private static final int THREADS = 2;

    static List<GoldenCase> decodes() {
        return Stream.of("sovits-v1--", "sovits-v2--", "sovits-v2Pro--", "sovits-v2ProPlus--").flatMap(prefix -> GoldenCases.in("sovits", prefix).stream())
                .filter(golden -> golden.has("audio") && golden.has("codes")).toList();
    }

    static List<GoldenCase> references() {
        return decodes().stream().filter(golden -> golden.has("ref_spec") || golden.has("ref_spec.0")).toList();
    }

    @Test
    void thereAreCases() {
        assertFalse(decodes().isEmpty());
        assertFalse(references().isEmpty());
        assertFalse(streams().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("references")
    void stylesAreUpstreams(GoldenCase golden) {
        try (StyleModel model = new StyleModel(GoldenBundle.acoustic(golden.weights()), TestedDevice.placement(THREADS))) {
            float[] mean = null;
            int references = 0;
            for (; golden.has("ref_enc." + references); references++) {
                String input = golden.has("ref_spec." + references) ? "ref_spec." + references : "ref_spec";
                String speaker = golden.has("sv_emb." + references) ? "sv_emb." + references : "sv_emb";
                float[] style = model.encode(golden.floats(input), (int) golden.tensor(input).shape()[2],
                        golden.has(speaker) ? golden.floats(speaker) : new float[0]);
                if (!golden.has(speaker)) {
                    golden.assertClose("ref_enc." + references, style, TOLERANCE);
                }
                mean = mean == null ? new float[style.length] : mean;
                for (int i = 0; i < style.length; i++) {
                    mean[i] += style[i];
                }
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= references;
            }
            golden.assertClose("ge", mean, TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("decodes")
    void latentsAndAudioAreUpstreams(GoldenCase golden) {
        Bundle bundle = GoldenBundle.acoustic(golden.weights());
        int[] codes = golden.ints("codes");
        int encoded = codes.length * bundle.manifest().acoustic().framesPerToken();
        int width = bundle.manifest().acoustic().latentWidth();
        int frames = golden.floats("noise").length / width;
        try (PriorModel prior = new PriorModel(bundle, TestedDevice.placement(THREADS)); WaveformModel waveform = new WaveformModel(bundle, TestedDevice.placement(THREADS))) {
            PriorModel.Latents latents = prior.encode(codes, golden.ints("phones"), golden.floats("ge"),
                    new FrameSelection(0, frames, (double) encoded / frames));
            golden.assertClose("m", latents.mean(), TOLERANCE);
            golden.assertClose("logs", latents.logDeviation(), TOLERANCE);
            int samples = frames * bundle.manifest().acoustic().samplesPerFrame();
            float[] audio = waveform.generate(latents, golden.floats("noise"), golden.floats("ge"), 0, samples);
            golden.assertClose("audio", audio, Math.min(golden.tolerance("audio"), 1e-3));
        }
    }

    static List<GoldenCase> streams() {
        return GoldenCases.in("sovits", "sovits-v2Pro--stream");
    }

    /**
     * What upstream makes of the tokens so far, again and again: the first audio whole, and of later latents what lies behind those that
     * it blends with earlier ones, which Utter has no need to do.
     */
    @ParameterizedTest
    @MethodSource("streams")
    void streamedLatentsAndTheFirstAudioAreUpstreams(GoldenCase golden) {
        Bundle bundle = GoldenBundle.acoustic(golden.weights());
        int width = bundle.manifest().acoustic().latentWidth();
        int perToken = bundle.manifest().acoustic().framesPerToken();
        double speed = golden.settings().get("speed").doubleValue();
        try (StyleModel encoder = new StyleModel(bundle, TestedDevice.placement(THREADS)); PriorModel prior = new PriorModel(bundle, TestedDevice.placement(THREADS));
                WaveformModel waveform = new WaveformModel(bundle, TestedDevice.placement(THREADS))) {
            float[] style = encoder.encode(golden.floats("ref_spec"), (int) golden.tensor("ref_spec").shape()[2], golden.floats("sv_emb"));
            JsonNode groups = golden.settings().get("groups");
            int count = 0;
            for (int g = 0; g < (speed == 1 ? groups.size() : 1); g++) { // at other speeds upstream interpolates what it has cut
                count += groups.get(g).get("tokens").intValue();
                int[] tokens = Arrays.copyOf(golden.ints("tokens"), count);
                int encoded = count * perToken;
                int frames = speed == 1 ? encoded : (int) (encoded / speed) + 1;
                FrameSelection all = new FrameSelection(0, frames, (double) encoded / frames);
                PriorModel.Latents latents = prior.encode(tokens, golden.ints("phones"), style, all);
                int blended = g == 0 ? 0 : groups.get(g).get("overlap_tokens").intValue() * perToken;
                assertTail(golden.floats("m." + g), latents.mean(), width, blended);
                assertTail(golden.floats("logs." + g), latents.logDeviation(), width, blended);
                if (g == 0) {
                    int samples = frames * bundle.manifest().acoustic().samplesPerFrame();
                    golden.assertClose("audio_raw.0", waveform.generate(latents, golden.floats("noise.0"), style, 0, samples));
                }
            }
        }
    }

    /** The last frames of rows, but for the first {@code blended} of those expected. */
    private static void assertTail(float[] expected, float[] actual, int rows, int blended) {
        int frames = expected.length / rows;
        int all = actual.length / rows;
        for (int row = 0; row < rows; row++) {
            for (int frame = blended; frame < frames; frame++) {
                assertEquals(expected[row * frames + frame], actual[row * all + all - frames + frame], TOLERANCE, "row " + row + ", frame " + frame);
            }
        }
    }
}
