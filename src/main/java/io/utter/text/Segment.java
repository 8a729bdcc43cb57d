package io.utter.text;

import java.util.List;

/**
 * A part of a sentence in one language, and how it is said.
 *
 * @param language what it is said in
 * @param text the part of the caller's text
 * @param normalized the text as it is read aloud
 * @param phones the phones, every one of them in the voice's symbol table
 * @param phonesPerCharacter as in {@link Pronunciation}
 * @param marked whether the writer or the lexicon said how it is read
 */
public record Segment(Language language, String text, String normalized, List<String> phones, List<Integer> phonesPerCharacter, boolean marked) {
    public Segment {
        phones = List.copyOf(phones);
        phonesPerCharacter = List.copyOf(phonesPerCharacter);
    }

    static Segment of(Language language, String text, Pronunciation said, SymbolTable symbols, boolean marked) {
        List<String> known = said.phones().stream().map(symbols::known).toList();
        return new Segment(language, text, said.normalized(), known, said.phonesPerCharacter(), marked);
    }

    /** Whether there is a word in it. */
    boolean says() {
        return marked || Characters.hasWord(normalized);
    }
}
