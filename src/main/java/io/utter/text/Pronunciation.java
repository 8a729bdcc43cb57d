package io.utter.text;

import java.util.List;

/**
 * How a language says a piece of text.
 *
 * @param normalized the text as it is read aloud: numbers in words, odd characters gone; empty when nothing is left
 * @param phones the phones in speaking order, before unknown ones are replaced for a particular symbol table
 * @param phonesPerCharacter how many of the phones each character (UTF-16 unit) of {@code normalized} makes, upstream's {@code word2ph};
 *     empty for languages that do not know
 * @param words the words, whose phones are all of the phones; empty where the language does not know
 */
public record Pronunciation(String normalized, List<String> phones, List<Integer> phonesPerCharacter, List<SpokenWord> words) {
    /** @throws IllegalArgumentException when counts are given and do not fit the text or the phones */
    public Pronunciation {
        phones = List.copyOf(phones);
        phonesPerCharacter = List.copyOf(phonesPerCharacter);
        words = List.copyOf(words);
        int counted = phonesPerCharacter.stream().mapToInt(Integer::intValue).sum();
        if (!phonesPerCharacter.isEmpty() && (phonesPerCharacter.size() != normalized.length() || counted != phones.size())) {
            throw new IllegalArgumentException("%d characters, %d counts, %d phones, %d counted"
                    .formatted(normalized.length(), phonesPerCharacter.size(), phones.size(), counted));
        }
        int spoken = words.stream().mapToInt(SpokenWord::phones).sum();
        if (!words.isEmpty() && spoken != phones.size()) {
            throw new IllegalArgumentException("%d phones, %d in words".formatted(phones.size(), spoken));
        }
    }

    public Pronunciation(String normalized, List<String> phones) {
        this(normalized, phones, List.of(), List.of());
    }
}
