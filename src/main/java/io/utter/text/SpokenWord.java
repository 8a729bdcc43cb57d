package io.utter.text;

/**
 * A word of a {@link Pronunciation}, as the language divides its text. Marks and spaces that have phones are words of their own.
 *
 * @param text as it is written; in Japanese in full width, in English without what is not said
 * @param reading how it is said in the language's own spelling of sounds: pinyin or Jyutping with tones, katakana; empty where there is none
 * @param phones how many phones it makes, which follow those of the word before
 */
public record SpokenWord(String text, String reading, int phones) {
    /** One without a reading. */
    public SpokenWord(String text, int phones) {
        this(text, "", phones);
    }
}
