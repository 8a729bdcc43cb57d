package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.PriorModel;
import io.utter.model.StyleModel;
import io.utter.model.WaveformModel;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
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
}
