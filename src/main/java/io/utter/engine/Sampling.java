package io.utter.engine;

/**
 * How tokens are drawn (spec 4.4).
 *
 * @param topK how many of the likeliest tokens stay, at least 1
 * @param topP likeliest tokens stay while their probabilities add up to no more than this; 1 keeps all
 * @param temperature scores are divided by it; near 0 the likeliest token wins
 * @param repetitionPenalty scores of tokens that occurred are made worse by this factor; 1 is none
 */
public record Sampling(int topK, double topP, double temperature, double repetitionPenalty) {
    public static final Sampling DEFAULT = new Sampling(15, 1, 1, 1.35);

    Sampling withPenalty(double penalty) {
        return new Sampling(topK, topP, temperature, penalty);
    }
}
