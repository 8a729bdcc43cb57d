package io.utter.text;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What the engine speaks in one go.
 *
 * @param text the piece of the caller's text, as it was cut
 * @param normalized the text as it is read aloud
 * @param phones the phones, every one of them in the voice's symbol table
 * @param phoneIds their ids in that table, same length
 */
public record Sentence(String text, String normalized, List<String> phones, int[] phoneIds) {
    public Sentence {
        phones = List.copyOf(phones);
        phoneIds = phoneIds.clone();
        if (phones.size() != phoneIds.length) {
            throw new IllegalArgumentException(phones.size() + " phones, " + phoneIds.length + " ids");
        }
    }

    static Sentence of(String text, Pronunciation pronunciation, SymbolTable symbols) {
        List<String> phones = pronunciation.phones().stream().map(symbols::known).toList();
        return new Sentence(text, pronunciation.normalized(), phones, phones.stream().mapToInt(symbols::id).toArray());
    }

    @Override
    public int[] phoneIds() {
        return phoneIds.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sentence that
                && text.equals(that.text)
                && normalized.equals(that.normalized)
                && phones.equals(that.phones)
                && Arrays.equals(phoneIds, that.phoneIds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, normalized, phones, Arrays.hashCode(phoneIds));
    }
}
