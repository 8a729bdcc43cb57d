package io.utter.text;

import java.util.List;

/**
 * How a language says a piece of text.
 *
 * @param normalized the text as it is read aloud: numbers in words, odd characters gone; empty when nothing is left
 * @param phones the phones in speaking order, before unknown ones are replaced for a particular symbol table
 */
public record Pronunciation(String normalized, List<String> phones) {
    public Pronunciation {
        phones = List.copyOf(phones);
    }
}
