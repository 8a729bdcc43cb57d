package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final int END = 40;

    private static float[] scores(Random random) {
        float[] scores = new float[END + 1];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian() * 3;
        }
        return scores;
    }

    @Property
    void theEndTokenIsNeverDrawnEarlyAndNeverHandedOn(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int topK,
            @ForAll @DoubleRange(min = 0.1, max = 1) double topP, @ForAll @DoubleRange(min = 0, max = 2) double temperature) {
        Random random = new Random(seed);
        Sampler sampler = new Sampler(new Sampling(topK, topP, temperature, 1.35), END + 1, END, new int[0], seed);
        for (int i = 0; i < 30; i++) {
            float[] scores = scores(random);
            scores[END] = 20; // the model wants to stop from the start
            int token = sampler.next(scores);
            assertEquals(i >= Sampler.LEAST_TOKENS, token < 0, "step " + i);
            assertTrue(token < END);
            if (token < 0) {
                return;
            }
        }
    }

    @Property
    void theSameSeedDrawsTheSameTokens(@ForAll long seed) {
        Sampler a = new Sampler(Sampling.DEFAULT, END + 1, END, new int[] {3}, seed);
        Sampler b = new Sampler(Sampling.DEFAULT, END + 1, END, new int[] {3}, seed);
        Random random = new Random(seed);
        for (int i = 0; i < Sampler.LEAST_TOKENS; i++) {
            float[] scores = scores(random);
            assertEquals(a.next(scores.clone()), b.next(scores));
        }
    }

    @Test
    void tokensAreDrawnWithTheirProbabilities() {
        float[] scores = new float[END + 1];
        scores[1] = 2;
        scores[2] = 1;
        double[] expected = Sampler.distribution(java.util.Arrays.copyOf(scores, END), new int[0], new Sampling(2, 1, 1, 1));
        int ones = 0;
        int draws = 20_000;
        for (int seed = 0; seed < draws; seed++) {
            int token = new Sampler(new Sampling(2, 1, 1, 1), END + 1, END, new int[0], FrameNoise.mix(seed)).next(scores);
            assertTrue(token == 1 || token == 2);
            ones += token == 1 ? 1 : 0;
        }
        assertEquals(expected[1], ones / (double) draws, 0.02, "six standard deviations");
    }

    @Test
    void theLogitsAreLeftAsTheyAre() {
        float[] scores = scores(new Random(5));
        float[] before = scores.clone();
        new Sampler(new Sampling(3, 0.5, 0.7, 1.5), END + 1, END, new int[] {1, 2, 3}, 1).next(scores);
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, scores);
        assertNotEquals(0, scores[0]);
    }
}
