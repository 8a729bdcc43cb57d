package io.utter.text.zh;

/**
 * What one character is read as: a syllable of pinyin with its tone, or a mark, which has none.
 *
 * @param pinyin without the tone, {@code ü} spelled {@code v}; a mark is itself
 * @param tone 1 to 4, 5 for the neutral one; 0 for marks
 */
record Syllable(String pinyin, int tone) {
    static final int NEUTRAL = 5;

    /** @param spelled pinyin and the digit of the tone */
    static Syllable of(String spelled) {
        int last = spelled.length() - 1;
        return new Syllable(spelled.substring(0, last), spelled.charAt(last) - '0');
    }

    static Syllable mark(String mark) {
        return new Syllable(mark, 0);
    }

    boolean isMark() {
        return tone == 0;
    }

    Syllable withTone(int tone) {
        return new Syllable(pinyin, tone);
    }

    Syllable neutral() {
        return withTone(NEUTRAL);
    }

    boolean is(String spelled) {
        return spelled.equals(pinyin + tone);
    }
}
