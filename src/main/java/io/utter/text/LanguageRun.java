package io.utter.text;

/**
 * A part of a text in one language.
 *
 * @param language the language that pronounces it
 * @param text the part, as it is given to that language
 */
public record LanguageRun(Language language, String text) {}
