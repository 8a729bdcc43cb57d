package io.utter.text;

import java.util.Optional;

/** What the letters of a text say about its language. */
public final class Scripts {
    private Scripts() {}

    /**
     * Japanese or Korean by the first kana or Hangul; Mandarin where there are only Chinese characters,
     * English where there are Latin letters.
     */
    public static Optional<Language> language(String text) {
        boolean han = false;
        boolean latin = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            switch (Character.UnicodeScript.of(text.codePointAt(at))) {
                case HIRAGANA, KATAKANA -> {
                    return Optional.of(Language.JAPANESE);
                }
                case HANGUL -> {
                    return Optional.of(Language.KOREAN);
                }
                case HAN -> han = true;
                case LATIN -> latin = true;
                default -> { }
            }
        }
        return han ? Optional.of(Language.MANDARIN) : latin ? Optional.of(Language.ENGLISH) : Optional.empty();
    }
}
