package io.utter.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the engine speaks in one go.
 *
 * @param text the piece of the caller's text, as it was cut
 * @param segments its parts by language, in speaking order
 * @param symbols the voice's phones
 * @param pauseBefore silence that the writer wants before it; empty for the usual one
 */
public record Sentence(String text, List<Segment> segments, SymbolTable symbols, Optional<Duration> pauseBefore) {
    public Sentence {
        segments = List.copyOf(segments);
    }

    /** The text as it is read aloud. */
    public String normalized() {
        return segments.stream().map(Segment::normalized).collect(Collectors.joining());
    }

    /** The phones, every one of them in the voice's symbol table. */
    public List<String> phones() {
        return segments.stream().flatMap(segment -> segment.phones().stream()).toList();
    }

    /** The phones' ids. */
    public int[] phoneIds() {
        return segments.stream().flatMap(segment -> segment.phones().stream()).mapToInt(symbols::id).toArray();
    }

    boolean says() {
        return segments.stream().anyMatch(Segment::says);
    }
}
