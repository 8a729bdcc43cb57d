package io.utter.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws the next token from the model's scores, step by step as upstream does (spec 4.4, 4.5): repetition penalty over the set of all
 * earlier tokens, top-p on the scores before temperature, temperature, top-k with ties kept, exponential race. One sampler belongs to
 * one utterance.
 */
public final class Sampler {
    /** The end token cannot be drawn before so many tokens. */
    static final int LEAST_TOKENS = 11;
    private static final double LEAST_TEMPERATURE = 1e-5;

    private final Sampling sampling;
    private final int endToken;
    private final SplittableRandom random;
    private final boolean[] occurred;
    private final float[] scores;
    private final float[] sorted;
    private final Integer[] order;
    private final double[] probabilities;
    /** The tokens that can be drawn, in ascending order: few as a rule, so that what follows the selection costs next to nothing. */
    private final int[] kept;
    private int keptCount;
    private int drawn;

    /** @param prompt tokens that count as earlier ones */
    public Sampler(Sampling sampling, int vocabulary, int endToken, int[] prompt, long seed) {
        this.sampling = sampling;
        this.endToken = endToken;
        this.random = new SplittableRandom(seed);
        this.occurred = new boolean[vocabulary];
        this.scores = new float[vocabulary];
        this.sorted = new float[vocabulary];
        this.order = new Integer[vocabulary];
        this.probabilities = new double[vocabulary];
        this.kept = new int[vocabulary];
        for (int token : prompt) {
            occurred[token] = true;
        }
    }

    /**
     * The next token, or -1 if the utterance has ended.
     *
     * @param logits scores of all tokens; left as they are
     */
    public int next(float[] logits) {
        // Before the first few tokens the end token's column does not exist.
        int columns = drawn < LEAST_TOKENS ? endToken : logits.length;
        System.arraycopy(logits, 0, scores, 0, columns);
        penalise(scores, columns, occurred, sampling.repetitionPenalty());
        boolean endIsLikeliest = argmax(scores, columns) == endToken;
        probabilities(columns);
        int token = race();
        if (endIsLikeliest || token == endToken) {
            return -1;
        }
        occurred[token] = true;
        drawn++;
        return token;
    }

    /** The probabilities from which a token would be drawn, for scores of as many tokens as the array holds. */
    static double[] distribution(float[] logits, int[] earlier, Sampling sampling) {
        Sampler sampler = new Sampler(sampling, Math.max(logits.length, Arrays.stream(earlier).max().orElse(0) + 1), -1, earlier, 0);
        System.arraycopy(logits, 0, sampler.scores, 0, logits.length);
        penalise(sampler.scores, logits.length, sampler.occurred, sampling.repetitionPenalty());
        sampler.probabilities(logits.length);
        double[] all = new double[logits.length];
        for (int i = 0; i < sampler.keptCount; i++) {
            all[sampler.kept[i]] = sampler.probabilities[i];
        }
        return all;
    }

    private static void penalise(float[] scores, int columns, boolean[] occurred, double penalty) {
        if (penalty == 1) {
            return;
        }
        float factor = (float) penalty;
        for (int i = 0; i < columns; i++) {
            if (occurred[i]) {
                scores[i] = scores[i] < 0 ? scores[i] * factor : scores[i] / factor;
            }
        }
    }

    private void probabilities(int columns) {
        if (sampling.topP() < 1) {
            keepTopP(columns);
        }
        float temperature = (float) Math.max(sampling.temperature(), LEAST_TEMPERATURE);
        if (temperature != 1) {
            for (int i = 0; i < columns; i++) {
                scores[i] /= temperature;
            }
        }
        keepTopK(columns);
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < keptCount; i++) {
            most = Math.max(most, scores[kept[i]]);
        }
        double sum = 0;
        for (int i = 0; i < keptCount; i++) {
            probabilities[i] = Math.exp(scores[kept[i]] - most);
            sum += probabilities[i];
        }
        for (int i = 0; i < keptCount; i++) {
            probabilities[i] /= sum;
        }
    }

    /** Removes what lies beyond a cumulative probability of top-p, the token that crosses it included; the first always stays. */
    private void keepTopP(int columns) {
        for (int i = 0; i < columns; i++) {
            order[i] = i;
        }
        Arrays.sort(order, 0, columns, (a, b) -> Float.compare(scores[b], scores[a]));
        double most = scores[order[0]];
        double sum = 0;
        for (int i = 0; i < columns; i++) {
            sum += Math.exp(scores[i] - most);
        }
        double cumulative = 0;
        for (int rank = 0; rank < columns; rank++) {
            int token = order[rank];
            cumulative += Math.exp(scores[token] - most) / sum;
            if (rank > 0 && cumulative > sampling.topP()) {
                scores[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** Keeps the k largest scores and those equal to the smallest of them; never what top-p removed. */
    private void keepTopK(int columns) {
        float border = Float.NEGATIVE_INFINITY;
        if (sampling.topK() < columns) {
            System.arraycopy(scores, 0, sorted, 0, columns);
            border = select(sorted, columns, sampling.topK());
        }
        keptCount = 0;
        for (int i = 0; i < columns; i++) {
            if (scores[i] >= border && scores[i] != Float.NEGATIVE_INFINITY) {
                kept[keptCount++] = i;
            }
        }
    }

    /** The k-th largest of the first {@code n} values (Hoare's selection); reorders them. */
    private static float select(float[] values, int n, int k) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            float pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] > pivot) {
                    i++;
                }
                while (values[j] < pivot) {
                    j--;
                }
                if (i <= j) {
                    float t = values[i];
                    values[i++] = values[j];
                    values[j--] = t;
                }
            }
            if (k - 1 <= j) {
                high = j;
            } else if (k - 1 >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[k - 1];
    }

    /** Argmax of p / e with e drawn from an exponential distribution: each token wins with its probability. */
    private int race() {
        int winner = -1;
        double best = -1;
        for (int i = 0; i < keptCount; i++) {
            if (probabilities[i] > 0) {
                double value = probabilities[i] / -Math.log1p(-random.nextDouble());
                if (value > best) {
                    best = value;
                    winner = kept[i];
                }
            }
        }
        return winner;
    }

    private static int argmax(float[] values, int n) {
        int best = 0;
        for (int i = 1; i < n; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }
}
