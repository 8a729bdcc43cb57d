package io.utter.text;

import java.util.List;
import java.util.Optional;

/** What one language contributes: reading a piece of text aloud, on paper. Thread-safe; one instance serves every request. */
public interface LanguageFrontEnd {
    Language language();

    /** Whether voices with that table can say what this front end gives them. */
    default boolean suits(SymbolTable symbols) {
        return true;
    }

    /**
     * Normalises the piece and finds its phones, as upstream's {@code clean_text} does for this language (spec/gpt-sovits.md 2.4).
     * Accepts every string, also one in which there is nothing to say.
     */
    Pronunciation pronounce(String piece);

    /** The same for a part of a piece, beside which there are others: without what is added to a piece that is short or has no end. */
    default Pronunciation pronouncePart(String part) {
        return pronounce(part);
    }

    /** The phones of a syllable in the language's romanisation, with its tone; empty if it is none or the language has no romanisation here. */
    default Optional<List<String>> syllable(String romanized) {
        return Optional.empty();
    }
}
