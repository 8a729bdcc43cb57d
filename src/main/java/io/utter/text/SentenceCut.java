package io.utter.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * The cut for streaming: sentence by sentence, a very short one in one breath with its neighbour, a very long one in parts. No word is lost and
 * none is said twice. A piece lasts {@value #LONGEST} phones at most, a little more with a short neighbour, both by {@link SpokenLength}.
 */
public final class SentenceCut implements Cut {
    /** About seven seconds, 150 characters of English. */
    private static final int LONGEST = 110;

    /** Shorter pieces, about thirteen letters, come out badly articulated. */
    private static final int SHORT = 10;

    /** {@inheritDoc} Looks one sentence ahead, to know whether it is a short one that belongs to this piece. */
    @Override
    public Iterator<String> pieces(String text, Language language, UnaryOperator<String> written) {
        return new Pieces(new SentenceScanner(text), language, written);
    }

    private static final class Pieces implements Iterator<String> {
        private final SentenceScanner sentences;
        private final Language language;
        private final UnaryOperator<String> written;
        private final SpokenLength lengths;
        private final ClauseCut clauses;
        private final Deque<String> parts = new ArrayDeque<>();
        private String ahead;
        private boolean opening = true;

        Pieces(SentenceScanner sentences, Language language, UnaryOperator<String> written) {
            this.sentences = sentences;
            this.language = language;
            this.written = written;
            this.lengths = new SpokenLength(written);
            this.clauses = new ClauseCut(LONGEST, lengths);
            this.ahead = join();
        }

        @Override
        public boolean hasNext() {
            return !ahead.isEmpty();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String piece = ahead;
            ahead = join();
            if (!ahead.isEmpty() && isShort(ahead)) {
                piece = joined(Marks.continued(piece, language), ahead);
                ahead = "";
            }
            if (opening && UpstreamPieces.hasShortOpening(written.apply(piece))) {
                piece = joined(Marks.fullStop(language), piece);
            }
            opening = false;
            return piece;
        }

        /** Parts put together until they are long enough; shorter only at the end of the text, empty behind it. */
        private String join() {
            String piece = "";
            while (isShort(piece)) {
                String part = part();
                if (part.isEmpty()) {
                    break;
                }
                piece = joined(Marks.continued(piece, language), part);
            }
            return piece;
        }

        /** The next part that has a word, with a mark at its end; empty at the end of the text. */
        private String part() {
            while (true) {
                while (!parts.isEmpty()) {
                    String part = parts.removeFirst();
                    if (Characters.hasWord(part)) {
                        return Marks.ended(Marks.attached(part), language);
                    }
                }
                if (!sentences.hasNext()) {
                    return "";
                }
                parts.addAll(clauses.parts(sentences.next(), language));
            }
        }

        private String joined(String piece, String part) {
            boolean spaced = language == Language.ENGLISH || language == Language.KOREAN;
            return piece.isEmpty() || part.isEmpty() ? piece + part : piece + (spaced ? " " : "") + part;
        }

        private boolean isShort(String piece) {
            return lengths.of(piece) < SHORT;
        }
    }
}
