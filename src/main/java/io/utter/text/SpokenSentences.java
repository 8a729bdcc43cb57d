package io.utter.text;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Pronounces pieces as they are asked for, and passes over those of which nothing is left once they are normalised. */
final class SpokenSentences implements Iterator<Sentence> {
    private final Iterator<PassagePieces.Piece> pieces;
    private final Function<PassagePieces.Piece, Sentence> speak;
    private Sentence next;

    SpokenSentences(Iterator<PassagePieces.Piece> pieces, Function<PassagePieces.Piece, Sentence> speak) {
        this.pieces = pieces;
        this.speak = speak;
    }

    @Override
    public boolean hasNext() {
        while (next == null && pieces.hasNext()) {
            Sentence sentence = speak.apply(pieces.next());
            if (sentence.says()) {
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
