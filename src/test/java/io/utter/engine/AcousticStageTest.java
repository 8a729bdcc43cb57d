package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.importer.GoldenBundle;
import io.utter.model.Bundle;
import io.utter.model.PriorModel;
import io.utter.model.WaveformModel;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks of a sentence against the sentence decoded at once. */
class AcousticStageTest {
    /** Cross-fading two signals that differ by rounding leaves rounding. */
    private static final float ROUNDING = 2e-5f;
    private static final int[] PHONES = {5, 9, 13, 77, 30, 41};

    private static PriorModel prior;
    private static WaveformModel waveform;
    private static AcousticStage stage;
    private static float[] style;

    @BeforeAll
    static void load() {
        Bundle bundle = GoldenBundle.acoustic(GoldenCases.file("sovits/sovits-v2.pth"));
        prior = new PriorModel(bundle, TestedDevice.placement(2));
        waveform = new WaveformModel(bundle, TestedDevice.placement(2));
        stage = new AcousticStage(prior, waveform, bundle.manifest());
        style = new float[bundle.manifest().acoustic().styleWidth()];
    }

    @AfterAll
    static void close() {
        prior.close();
        waveform.close();
    }

    /** The samples from where the sentence's previous chunk ended to the end of a token. */
    private static float[] until(Rendering rendering, int[] tokens, int end) {
        Rendering.Chunk chunk = rendering.next(tokens, end);
        return chunk.isEmpty() ? new float[0]
                : rendering.join(chunk, stage.samples(List.of(new AcousticStage.Piece(rendering, chunk))).getFirst());
    }

    private static float[] concat(float[]... parts) {
        float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.7, 1.3, 2})
    void joinsRepeatAndDropNothingWhenAllTokensAreKnown(double speed) {
        Random random = new Random(3);
        int[] tokens = random.ints(60, 0, 1024).toArray();
        float[] whole = until(stage.begin(PHONES, style, speed, 11), tokens, tokens.length);
        assertEquals(Math.round(tokens.length * 2 / speed) * 640, whole.length);

        Rendering rendering = stage.begin(PHONES, style, speed, 11);
        float[] chunked = concat(until(rendering, tokens, 7), until(rendering, tokens, 8), until(rendering, tokens, 31), until(rendering, tokens, 60));
        assertArrayEquals(whole, chunked, ROUNDING);
    }

    @Test
    void aChunkThatEndsWhereTheLastOneEndedIsEmpty() {
        Rendering rendering = stage.begin(PHONES, style, 1, 1);
        int[] tokens = {1, 2, 3, 4, 5, 6, 7, 8};
        assertEquals(4 * 1280, until(rendering, tokens, 4).length);
        assertEquals(0, until(rendering, tokens, 4).length);
        assertEquals(4 * 1280, until(rendering, tokens, 8).length);
    }

    @Test
    void noiseBelongsToTheFrame() {
        FrameNoise noise = new FrameNoise(42);
        float[] early = noise.of(0, 20, 6);
        float[] late = noise.of(12, 8, 6);
        for (int channel = 0; channel < 6; channel++) {
            assertArrayEquals(Arrays.copyOfRange(early, channel * 20 + 12, channel * 20 + 20), Arrays.copyOfRange(late, channel * 8, channel * 8 + 8));
        }
    }

    @Test
    void noiseIsStandardNormal() {
        float[] noise = new FrameNoise(7).of(100, 500, 192);
        double sum = 0;
        double squares = 0;
        for (float value : noise) {
            sum += value;
            squares += value * value;
        }
        assertEquals(0, sum / noise.length, 0.02);
        assertEquals(1, squares / noise.length, 0.02);
    }
}
