package io.utter.text;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pieces of one passage after the other, the first of each with the pause before the passage. */
final class PassagePieces implements Iterator<PassagePieces.Piece> {
    private final Iterator<Markup.Passage> passages;
    private final Function<String, Iterator<String>> cut;
    private Iterator<String> pieces = Collections.emptyIterator();
    private Optional<Duration> pause = Optional.empty();

    /** A piece of text to be spoken in one go. */
    record Piece(Optional<Duration> pauseBefore, String text) {}

    PassagePieces(List<Markup.Passage> passages, Function<String, Iterator<String>> cut) {
        this.passages = passages.iterator();
        this.cut = cut;
    }

    @Override
    public boolean hasNext() {
        while (!pieces.hasNext() && passages.hasNext()) {
            Markup.Passage passage = passages.next();
            pause = passage.pauseBefore();
            pieces = cut.apply(passage.text());
        }
        return pieces.hasNext();
    }

    @Override
    public Piece next() {
        hasNext();
        Piece piece = new Piece(pause, pieces.next());
        pause = Optional.empty();
        return piece;
    }
}
