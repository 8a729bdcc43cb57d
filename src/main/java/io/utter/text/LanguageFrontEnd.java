package io.utter.text;

/** What one language contributes: reading a piece of text aloud, on paper. Thread-safe; one instance serves every request. */
public interface LanguageFrontEnd {
    Language language();

    /**
     * Normalises the piece and finds its phones, as upstream's {@code clean_text} does for this language (spec/gpt-sovits.md 2.4).
     * Accepts every string, also one in which there is nothing to say.
     */
    Pronunciation pronounce(String piece);
}
