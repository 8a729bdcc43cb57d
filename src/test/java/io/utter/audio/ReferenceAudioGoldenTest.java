package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading, resampling and spectrogram of reference recordings against upstream. */
class ReferenceAudioGoldenTest {
    private static final double LONGEST = 10;
    private static final int ENDS = 200;

    static List<String> conversions() {
        return GoldenCases.the("audio", "resample-sinc").outputs().stream().map(output -> output.substring("out.".length())).toList();
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void resamplingIsTorchaudios(String conversion) {
        GoldenCase golden = GoldenCases.the("audio", "resample-sinc");
        String[] rates = conversion.split("_");
        Waveform in = new Waveform(golden.floats("wav." + conversion), Integer.parseInt(rates[0]));
        golden.assertClose("out." + conversion, SincResampler.resample(in, Integer.parseInt(rates[1])).samples());
    }

    @Test
    void spectrogramIsUpstreams() {
        GoldenCase golden = GoldenCases.the("audio", "spectrogram");
        golden.assertClose("spec", Spectrogram.of(golden.floats("wav"), 2048, 640).magnitudes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ref-mono-32000-loud", "ref-stereo-44100"})
    void recordingsAreLoadedAsUpstreamLoadsThem(String name) throws IOException {
        GoldenCase golden = GoldenCases.the("audio", "load--" + name);
        byte[] file = Files.readAllBytes(GoldenCases.file("audio/" + name + ".wav"));
        ReferenceAudio audio = ReferenceAudio.of(WavReader.read(file, LONGEST));
        golden.assertClose("spec", audio.spectrogram().magnitudes());
        golden.assertClose("audio16_for_speaker", audio.speakerWave());
        float[] heard = audio.contentWave();
        assertNear(golden, "wav16_for_content", Arrays.copyOf(heard, heard.length - 9600));
    }

    /** soxr's filter is a little different: the ends, where it begins and stops to hear, are left out. */
    private static void assertNear(GoldenCase golden, String output, float[] actual) {
        float[] expected = golden.floats(output);
        assertEquals(expected.length, actual.length);
        for (int i = ENDS; i < expected.length - ENDS; i++) {
            assertEquals(expected[i], actual[i], golden.tolerance(output), output + " sample " + i);
        }
    }

    static List<String> conversionsForContent() {
        return GoldenCases.the("audio", "resample-soxr").outputs().stream().map(output -> output.substring("out.".length())).toList();
    }

    @ParameterizedTest
    @MethodSource("conversionsForContent")
    void resamplingForContentIsNearSoxrs(String conversion) {
        GoldenCase golden = GoldenCases.the("audio", "resample-soxr");
        String[] rates = conversion.split("_");
        assertNear(golden, "out." + conversion, KaiserResampler.resample(new Waveform(golden.floats("wav." + conversion), Integer.parseInt(rates[0])),
                Integer.parseInt(rates[1])).samples());
    }
}
