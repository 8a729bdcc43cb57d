package io.utter.text;

/** What the letters of a text say about its language. */
final class Scripts {
    private Scripts() {}

    /** Japanese where there are kana, Korean where there is Hangul, Mandarin where there are Chinese characters, else English. */
    static Language language(String text) {
        boolean han = false;
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            switch (Character.UnicodeScript.of(text.codePointAt(at))) {
                case HIRAGANA, KATAKANA -> {
                    return Language.JAPANESE;
                }
                case HANGUL -> {
                    return Language.KOREAN;
                }
                case HAN -> han = true;
                default -> { }
            }
        }
        return han ? Language.MANDARIN : Language.ENGLISH;
    }
}
