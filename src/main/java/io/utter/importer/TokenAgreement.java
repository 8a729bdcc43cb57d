package io.utter.importer;

import io.utter.model.Manifest;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How often a transformer in reduced precision finds the same token likeliest as in fp32. Teacher forcing: both read what fp32 chose, so
 * that one difference does not make all later steps incomparable.
 *
 * @param steps scores that were compared
 * @param same those with the same likeliest token
 * @param largestDifference of any two logits
 * @param sequences what was read, with fp32's continuation
 */
record TokenAgreement(int steps, int same, double largestDifference, List<Sequence> sequences) {
    private static final long SEED = 20;
    private static final int SEQUENCES = 16;
    /** Of each sequence, after the prefill: 16 times 33 scores are compared, a share of which is known to a fifth of a per cent. */
    private static final int STEPS = 32;
    private static final int PHONES = 48;
    private static final int PROMPT = 24;
    /** 10 seconds, the longest recording; more tokens of a given prompt are left out. */
    private static final int LONGEST_PROMPT = 250;

    /**
     * @param prompt tokens of the reference, real or made up
     * @param continuation fp32's likeliest tokens after it; the end is not one of them
     */
    record Sequence(int[] phones, int[] prompt, int[] continuation) {}

    /** Share of steps with the same likeliest token. */
    double share() {
        return (double) same / steps;
    }

    /**
     * Random phones of the network's range, half of the sequences after the reference's tokens, if there are any, and the others after
     * random ones. The same networks give the same figures.
     *
     * @param reference tokens of a voice's recording; may be empty
     */
    static TokenAgreement measure(SemanticModel exact, SemanticModel reduced, int[] reference) {
        try (TokenDecoder teacher = exact.newBatch(SEQUENCES); TokenDecoder pupil = reduced.newBatch(SEQUENCES)) {
            return new Measurement(exact.shape(), teacher, pupil).run(reference);
        }
    }

    private static final class Measurement {
        private final Manifest.Semantic shape;
        private final TokenDecoder teacher;
        private final TokenDecoder pupil;
        private int steps;
        private int same;
        private double largest;

        Measurement(Manifest.Semantic shape, TokenDecoder teacher, TokenDecoder pupil) {
            this.shape = shape;
            this.teacher = teacher;
            this.pupil = pupil;
        }

        TokenAgreement run(int[] reference) {
            Random random = new Random(SEED);
            List<Sequence> sequences = new ArrayList<>();
            int[] next = new int[SEQUENCES];
            for (int row = 0; row < SEQUENCES; row++) {
                int[] phones = random.ints(PHONES, 0, shape.phones()).toArray();
                int[] prompt = random.ints(PROMPT, 0, shape.endToken()).toArray();
                if (reference.length > 0 && row % 2 == 0) {
                    prompt = java.util.Arrays.copyOf(reference, Math.min(reference.length, LONGEST_PROMPT));
                }
                sequences.add(new Sequence(phones, prompt, new int[STEPS]));
                next[row] = compare(teacher.prefill(row, phones, new float[0], prompt), pupil.prefill(row, phones, new float[0], prompt));
            }
            for (int step = 0; step < STEPS; step++) {
                for (int row = 0; row < SEQUENCES; row++) {
                    sequences.get(row).continuation[step] = next[row];
                }
                teacher.step(next);
                pupil.step(next);
                for (int row = 0; row < SEQUENCES; row++) {
                    next[row] = compare(teacher.scores(row), pupil.scores(row));
                }
            }
            return new TokenAgreement(steps, same, largest, sequences);
        }

        /** Counts a pair of scores; gives what the teacher says next, which is never the end: there is nothing to be read after it. */
        private int compare(float[] expected, float[] actual) {
            int token = likeliest(expected, expected.length);
            steps++;
            same += token == likeliest(actual, actual.length) ? 1 : 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i] - actual[i])); // not a number, once one was found
            }
            return token == shape.endToken() ? likeliest(expected, shape.endToken()) : token;
        }

        private static int likeliest(float[] scores, int count) {
            int best = 0;
            for (int i = 1; i < count; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return best;
        }
    }
}
