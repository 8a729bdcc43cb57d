package io.utter.text.ko;

import java.util.regex.Pattern;

/** Sounds written with the letters of the phone table. */
final class Letters {
    /** A vowel without an onset gets the silent one. The character before is part of the match, so of two such vowels only the first. */
    private static final Pattern BARE_VOWEL = Pattern.compile("(^|[^\u1100-\u1112])([\u1161-\u1175])");

    /** In 을 and 를, a ㄹ before the ㄹ of the next word: upstream takes back what g2pk2 makes of it. */
    private static final Pattern PARTICLE_BEFORE_RIEUL = Pattern.compile("([ㅇㄹ]ㅡㄹ )ㄹ");

    private Letters() {}

    /** @param jamo conjoining jamo and other characters, which stay */
    static String of(String jamo) {
        String withOnsets = BARE_VOWEL.matcher(jamo).replaceAll("$1\u110b$2");
        StringBuilder letters = new StringBuilder(withOnsets.length());
        for (int i = 0; i < withOnsets.length(); i++) {
            appendSimple(Jamo.letter(withOnsets.charAt(i)), letters);
        }
        return PARTICLE_BEFORE_RIEUL.matcher(letters).replaceAll("$1ㄴ");
    }

    /** Vowels that glide become two. */
    private static void appendSimple(char letter, StringBuilder letters) {
        switch (letter) {
            case 'ㅘ' -> letters.append("ㅗㅏ");
            case 'ㅙ' -> letters.append("ㅗㅐ");
            case 'ㅚ' -> letters.append("ㅗㅣ");
            case 'ㅝ' -> letters.append("ㅜㅓ");
            case 'ㅞ' -> letters.append("ㅜㅔ");
            case 'ㅟ' -> letters.append("ㅜㅣ");
            case 'ㅢ' -> letters.append("ㅡㅣ");
            case 'ㅑ' -> letters.append("ㅣㅏ");
            case 'ㅒ' -> letters.append("ㅣㅐ");
            case 'ㅕ' -> letters.append("ㅣㅓ");
            case 'ㅖ' -> letters.append("ㅣㅔ");
            case 'ㅛ' -> letters.append("ㅣㅗ");
            case 'ㅠ' -> letters.append("ㅣㅜ");
            default -> letters.append(letter);
        }
    }

    /** A text that ends in a letter, or in one and a line feed, gets a full stop behind it. */
    static String finished(String letters) {
        int end = letters.endsWith("\n") ? letters.length() - 1 : letters.length();
        boolean open = end > 0 && Jamo.isLetter(letters.charAt(end - 1));
        return open ? letters.substring(0, end) + "." + letters.substring(end) : letters;
    }
}
