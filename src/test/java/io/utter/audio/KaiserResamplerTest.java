package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaiserResamplerTest {
    private static final double FREQUENCY = 1000;
    /** What the beginning and the end lack is heard so far. */
    private static final double EDGE = 0.02;

    /** Rates with one place between samples, with some, and with more than weights are kept for. */
    @ParameterizedTest
    @CsvSource({"32000, 16000", "44100, 16000", "8000, 16000", "44101, 16000", "15999, 16000"})
    void aToneStaysTheSame(int from, int to) {
        Waveform heard = KaiserResampler.resample(new Waveform(tone(from), from), to);
        float[] right = tone(to);
        assertEquals(right.length, heard.samples().length);
        for (int i = (int) (EDGE * to); i < right.length - EDGE * to; i++) {
            assertEquals(right[i], heard.samples()[i], 1e-4, "sample " + i);
        }
    }

    @Test
    void whatTheNewRateCannotHoldIsGone() {
        float[] high = new float[32_000];
        for (int i = 0; i < high.length; i++) {
            high[i] = (float) Math.sin(2 * Math.PI * 9000 * i / 32_000);
        }
        float[] heard = KaiserResampler.resample(new Waveform(high, 32_000), 16_000).samples();
        for (int i = (int) (EDGE * 16_000); i < heard.length - EDGE * 16_000; i++) {
            assertEquals(0, heard[i], 1e-5, "sample " + i);
        }
    }

    @Test
    void theSameRateIsTheSameSound() {
        Waveform sound = new Waveform(tone(16_000), 16_000);
        assertSame(sound, KaiserResampler.resample(sound, 16_000));
    }

    private static float[] tone(int rate) {
        float[] samples = new float[rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) Math.sin(2 * Math.PI * FREQUENCY * i / rate);
        }
        return samples;
    }
}
