package io.utter.engine;

/**
 * What is spoken in one go: a sentence.
 *
 * @param phones phone ids
 * @param features text features [phones, featureWidth], row by row, or an empty array if they are all zero
 */
public record Phrase(int[] phones, float[] features) {}
