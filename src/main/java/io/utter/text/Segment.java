package io.utter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a sentence in one language, and how it is said.
 *
 * @param language what it is said in
 * @param text the part of the caller's text
 * @param normalized the text as it is read aloud
 * @param phones the phones, every one of them in the voice's symbol table
 * @param phonesPerCharacter as in {@link Pronunciation}
 * @param words as in {@link Pronunciation}
 * @param marked whether the writer or the lexicon said how it is read
 */
public record Segment(
        Language language, String text, String normalized, List<String> phones, List<Integer> phonesPerCharacter, List<SpokenWord> words,
        boolean marked) {
    public Segment {
        phones = List.copyOf(phones);
        phonesPerCharacter = List.copyOf(phonesPerCharacter);
        words = List.copyOf(words);
    }

    static Segment of(Language language, String text, Pronunciation said, SymbolTable symbols, boolean marked) {
        List<String> known = said.phones().stream().map(symbols::known).toList();
        return new Segment(language, text, said.normalized(), known, said.phonesPerCharacter(), said.words(), marked);
    }

    /** The phones of each of the words. */
    public List<List<String>> phonesOfWords() {
        List<List<String>> parts = new ArrayList<>(words.size());
        int start = 0;
        for (SpokenWord word : words) {
            parts.add(phones.subList(start, start += word.phones()));
        }
        return parts;
    }

    /** Whether there is a word in it. */
    boolean says() {
        return marked || Characters.hasWord(normalized);
    }
}
