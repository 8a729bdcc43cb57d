package io.utter.text.mecab;

/**
 * A word in a text.
 *
 * @param surface the word as it is written
 * @param known whether the dictionary holds it
 * @param features what the dictionary says about it, in the form in which the language's table builder wrote it
 */
public record Morpheme(String surface, boolean known, byte[] features) {}
