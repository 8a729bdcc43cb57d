package io.utter.text.mixed;

import java.util.List;

/**
 * The language by script alone, for where there is no model: Japanese where there are kana, Korean where there is Hangul, Chinese where there
 * are Chinese characters, English where there are Latin letters. Takes Japanese that is written without kana for Chinese.
 */
public final class ScriptIdentifier implements LanguageIdentifier {
    private static final List<Guess> NONE = List.of();

    @Override
    public List<Guess> identify(String text, int most, double least) {
        boolean han = false;
        boolean latin = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            switch (Character.UnicodeScript.of(text.codePointAt(at))) {
                case HIRAGANA, KATAKANA -> {
                    return guess("ja");
                }
                case HANGUL -> {
                    return guess("ko");
                }
                case HAN -> han = true;
                case LATIN -> latin = true;
                default -> { }
            }
        }
        return han ? guess("zh") : latin ? guess("en") : NONE;
    }

    private static List<Guess> guess(String language) {
        return List.of(new Guess(language, 1));
    }
}
