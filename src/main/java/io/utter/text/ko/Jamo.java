package io.utter.text.ko;

/** Hangul taken apart: syllables into conjoining jamo, jamo into the letters of the phone table. */
final class Jamo {
    private static final char FIRST_SYLLABLE = '가';
    private static final char LAST_SYLLABLE = '힣';
    private static final char FIRST_ONSET = '\u1100';
    private static final char FIRST_VOWEL = '\u1161';
    private static final char FIRST_CODA = '\u11a8';
    private static final int VOWELS = 21;
    private static final int CODAS = 27;

    private static final String ONSET_LETTERS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    private static final String CODA_LETTERS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ";
    private static final char FIRST_VOWEL_LETTER = 'ㅏ';

    private Jamo() {}

    /** Every syllable as its two or three jamo; everything else stays. */
    static String decompose(String text) {
        StringBuilder jamo = new StringBuilder(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST_SYLLABLE && c <= LAST_SYLLABLE) {
                int syllable = c - FIRST_SYLLABLE;
                int coda = syllable % (CODAS + 1);
                jamo.append((char) (FIRST_ONSET + syllable / (CODAS + 1) / VOWELS));
                jamo.append((char) (FIRST_VOWEL + syllable / (CODAS + 1) % VOWELS));
                if (coda > 0) {
                    jamo.append((char) (FIRST_CODA + coda - 1));
                }
            } else {
                jamo.append(c);
            }
        }
        return jamo.toString();
    }

    /** What a character ends in: a syllable's coda, else itself (an open syllable's answer is of no use to anybody). */
    static char ending(char c) {
        if (c < FIRST_SYLLABLE || c > LAST_SYLLABLE) {
            return c;
        }
        int coda = (c - FIRST_SYLLABLE) % (CODAS + 1);
        return coda > 0 ? (char) (FIRST_CODA + coda - 1) : c;
    }

    static boolean isOnset(char c) {
        return c >= FIRST_ONSET && c < FIRST_ONSET + ONSET_LETTERS.length();
    }

    static boolean isVowel(char c) {
        return c >= FIRST_VOWEL && c < FIRST_VOWEL + VOWELS;
    }

    static boolean isCoda(char c) {
        return c >= FIRST_CODA && c < FIRST_CODA + CODAS;
    }

    /** The jamo's letter, as it stands alone (U+3131 to U+3163); any other character itself. */
    static char letter(char jamo) {
        if (isOnset(jamo)) {
            return ONSET_LETTERS.charAt(jamo - FIRST_ONSET);
        }
        if (isVowel(jamo)) {
            return (char) (FIRST_VOWEL_LETTER + jamo - FIRST_VOWEL);
        }
        return isCoda(jamo) ? CODA_LETTERS.charAt(jamo - FIRST_CODA) : jamo;
    }

    static boolean isLetter(char c) {
        return c >= 'ㄱ' && c <= 'ㅣ';
    }
}
