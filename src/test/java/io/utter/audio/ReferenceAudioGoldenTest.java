package io.utter.audio;

import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loading, resampling and spectrogram of reference recordings against upstream. */
class ReferenceAudioGoldenTest {
    private static final double LONGEST = 10;

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
    }
}
