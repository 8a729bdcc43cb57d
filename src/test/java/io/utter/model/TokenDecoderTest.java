package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.utter.importer.GoldenBundle;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a batch against sequences that are decoded alone. */
class TokenDecoderTest {
    private static final int ROWS = 8;
    private static final int STEPS = 90;

    private static SemanticModel model;

    @BeforeAll
    static void load() {
        model = new SemanticModel(GoldenBundle.semantic(GoldenCases.file("gpt/gpt-h64.ckpt")), TestedDevice.placement(2));
    }

    @AfterAll
    static void close() {
        model.close();
    }

    /** A sequence whose tokens are the likeliest ones, remembered with all scores. */
    private static final class Greedy {
        private final int[] phones;
        private final int[] prompt;
        private final List<float[]> scores = new ArrayList<>();

        Greedy(Random random) {
            phones = random.ints(5 + random.nextInt(60), 0, 300).toArray();
            prompt = random.ints(random.nextInt(80), 0, 1024).toArray();
        }

        void begin(TokenDecoder decoder, int row) {
            scores.clear();
            scores.add(decoder.prefill(row, phones, new float[0], prompt).clone());
        }

        void take(float[] next) {
            scores.add(next.clone());
        }

        int token() {
            float[] last = scores.getLast();
            int best = 0;
            for (int i = 1; i < last.length - 1; i++) {
                best = last[i] > last[best] ? i : best;
            }
            return best;
        }

        List<float[]> alone(int steps) {
            try (TokenDecoder decoder = model.newBatch(1)) {
                begin(decoder, 0);
                for (int i = 0; i < steps; i++) {
                    decoder.step(new int[] {token()});
                    take(decoder.scores(0));
                }
                return List.copyOf(scores);
            }
        }
    }

    /** Exactly: sums must not depend on who else is in the batch, or a seed would not give the same speech under load. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRowComputesTheSameWhateverIsInTheOthers(long seed) {
        Random random = new Random(seed);
        Greedy watched = new Greedy(random);
        List<float[]> alone = watched.alone(STEPS);
        try (TokenDecoder decoder = model.newBatch(ROWS)) {
            Greedy[] rows = new Greedy[ROWS];
            int at = random.nextInt(ROWS);
            rows[at] = watched;
            watched.begin(decoder, at);
            while (watched.scores.size() <= STEPS) {
                disturb(decoder, rows, watched, random);
                at = Arrays.asList(rows).indexOf(watched);
                int[] next = new int[ROWS];
                for (int row = 0; row < ROWS; row++) {
                    boolean still = rows[row] == null || rows[row] != watched && random.nextInt(4) == 0;
                    next[row] = still ? TokenDecoder.NONE : rows[row].token();
                }
                decoder.step(next);
                for (int row = 0; row < ROWS; row++) {
                    if (next[row] != TokenDecoder.NONE) {
                        rows[row].take(decoder.scores(row));
                    }
                }
            }
        }
        for (int i = 0; i <= STEPS; i++) {
            assertArrayEquals(alone.get(i), watched.scores.get(i), "scores " + i);
        }
    }

    /** Others come, go and change places. */
    private static void disturb(TokenDecoder decoder, Greedy[] rows, Greedy watched, Random random) {
        int row = random.nextInt(ROWS);
        if (rows[row] == null) {
            rows[row] = new Greedy(random);
            rows[row].begin(decoder, row);
        } else if (rows[row] != watched && random.nextInt(3) == 0) {
            decoder.forget(row);
            rows[row] = null;
        }
        if (random.nextInt(5) == 0) {
            int other = random.nextInt(ROWS);
            if (rows[row] != null && rows[other] != null && row != other) {
                decoder.exchange(row, other);
                Greedy moved = rows[row];
                rows[row] = rows[other];
                rows[other] = moved;
            }
        }
    }

    @Test
    void aStepAloneIsAStep() {
        Greedy sequence = new Greedy(new Random(5));
        List<float[]> alone = sequence.alone(10);
        try (TokenDecoder decoder = model.newBatch(4)) {
            new Greedy(new Random(6)).begin(decoder, 0);
            sequence.begin(decoder, 2);
            for (int i = 1; i <= 10; i++) {
                decoder.stepAlone(2, sequence.token());
                sequence.take(decoder.scores(2));
                assertArrayEquals(alone.get(i), sequence.scores.get(i), "scores " + i);
            }
        }
    }

    @Test
    void valuesThatAreNotNumbersDoNotOutliveTheirSequence() {
        Greedy sequence = new Greedy(new Random(7));
        List<float[]> alone = sequence.alone(3);
        float[] broken = new float[40 * model.shape().featureWidth()];
        Arrays.fill(broken, Float.NaN);
        try (TokenDecoder decoder = model.newBatch(2)) {
            sequence.begin(decoder, 0);
            float[] scores = decoder.prefill(1, new Random(8).ints(40, 0, 300).toArray(), broken, new int[30]);
            assertTrue(Float.isNaN(scores[0]), "the case needs a model that reads text features");
            decoder.step(new int[] {sequence.token(), 3});
            sequence.take(decoder.scores(0));
            assertArrayEquals(alone.get(1), sequence.scores.get(1), "beside it");

            decoder.forget(1);
            Greedy after = new Greedy(new Random(9));
            after.begin(decoder, 1);
            assertFalse(Float.isNaN(after.scores.getFirst()[0]), "in its row, afterwards");
        }
    }

    @Test
    void memoryGrowsWithRowsAndIsGivenBackWhenAllHaveLeft() {
        assumeTrue(TestedDevice.name().kind() == DeviceName.Kind.CPU, "a pool is there from the start");
        try (TokenDecoder decoder = model.newBatch(ROWS)) {
            assertEquals(0, decoder.cacheBytes());
            for (int row = 0; row < ROWS; row++) {
                new Greedy(new Random(row)).begin(decoder, row);
            }
            long full = decoder.cacheBytes();
            for (int row = ROWS - 1; row > 0; row--) {
                decoder.forget(row);
            }
            assertTrue(decoder.cacheBytes() <= full / 4, decoder.cacheBytes() + " of " + full);
            decoder.forget(0);
            assertTrue(decoder.cacheBytes() <= full / ROWS, "one row's worth may stay");
        }
    }
}
