package io.utter.engine;

/**
 * How a text is spoken.
 *
 * @param sampling how tokens are drawn
 * @param speed tempo; above 1 is faster
 * @param seed the same seed gives the same audio
 * @param pauseSeconds silence between sentences
 * @param endSeconds silence after the last of them
 * @param maxTokens most tokens of a sentence; the model's own limit holds all the same
 * @param plan when tokens become audio
 */
public record SpeechOptions(Sampling sampling, double speed, long seed, double pauseSeconds, double endSeconds, int maxTokens, ChunkPlan plan) {}
