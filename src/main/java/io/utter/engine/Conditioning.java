package io.utter.engine;

/**
 * What the networks know of a voice.
 *
 * @param phones phones of the reference's transcript; empty without prompt
 * @param features text features of the transcript [phones, featureWidth], or an empty array if they are all zero
 * @param tokens semantic tokens of the reference; empty without prompt
 * @param style style vector
 */
public record Conditioning(int[] phones, float[] features, int[] tokens, float[] style) {}
