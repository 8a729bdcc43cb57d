package io.utter.engine;

/**
 * How a text is spoken.
 *
 * @param sampling how tokens are drawn
 * @param speed tempo; above 1 is faster
 * @param seed the same seed gives the same audio
 * @param pauseSeconds silence between sentences
 */
public record SpeechOptions(Sampling sampling, double speed, long seed, double pauseSeconds) {}
