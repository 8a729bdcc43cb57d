package io.utter.text.mecab;

/**
 * A word in a text.
 *
 * @param surface the word as it is written
 * @param known whether the dictionary holds it
 * @param kind the number of what the dictionary says about all words that are used like this one, such as their part of speech; what each
 *     number means is in a file of the language
 * @param features what the dictionary says about this word alone, in the form in which the language's table builder wrote it
 */
public record Morpheme(String surface, boolean known, int kind, byte[] features) {}
