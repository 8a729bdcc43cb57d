package io.utter.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Pronounces pieces as they are asked for, and passes over those of which nothing is left once they are normalised. */
final class SpokenSentences implements Iterator<Sentence> {
    private final Iterator<String> pieces;
    private final Function<String, Sentence> speak;
    private Sentence next;

    SpokenSentences(Iterator<String> pieces, Function<String, Sentence> speak) {
        this.pieces = pieces;
        this.speak = speak;
    }

    @Override
    public boolean hasNext() {
        while (next == null && pieces.hasNext()) {
            Sentence sentence = speak.apply(pieces.next());
            if (Characters.hasWord(sentence.normalized())) {
                next = sentence;
            }
        }
        return next != null;
    }

    @Override
    public Sentence next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Sentence sentence = next;
        next = null;
        return sentence;
    }
}
