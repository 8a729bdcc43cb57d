package io.utter.text;

/**
 * A part of a text in one language.
 *
 * @param language the language that pronounces it
 * @param text the part, as it is given to that language
 */
public record LanguageRun(Language language, String text) {
    /** What upstream gives to English where no language can say something. */
    public static final LanguageRun SILENT = new LanguageRun(Language.ENGLISH, " ");
}
