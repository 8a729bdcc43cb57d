package io.utter.engine;

import java.util.OptionalDouble;

/**
 * What is spoken in one go: a sentence.
 *
 * @param phones phone ids
 * @param features text features [phones, featureWidth], row by row, or an empty array if they are all zero
 * @param secondsBefore silence before it; empty for the usual one, which the first sentence has none of
 */
public record Phrase(int[] phones, float[] features, OptionalDouble secondsBefore) {
    /** With the usual silence before it. */
    public Phrase(int[] phones, float[] features) {
        this(phones, features, OptionalDouble.empty());
    }
}
