package io.utter.engine;

import io.utter.error.UtterException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Prepares the next sentence while the current one is decoded, on a virtual thread, and tells when it is there. */
final class PhraseFeed {
    private final Iterator<Phrase> phrases;
    private final Runnable ready;
    private final Tally tally;
    private CompletableFuture<Optional<Phrase>> next;

    /** @param ready called from any thread when a sentence, the end or an error is there */
    PhraseFeed(Iterator<Phrase> phrases, Tally tally, Runnable ready) {
        this.phrases = phrases;
        this.tally = tally;
        this.ready = ready;
    }

    /** Begins to prepare the next sentence. */
    void prefetch() {
        next = CompletableFuture.supplyAsync(this::prepare, Thread::startVirtualThread);
        next.whenComplete((phrase, failure) -> ready.run());
    }

    private Optional<Phrase> prepare() {
        long start = System.nanoTime();
        Optional<Phrase> phrase = phrases.hasNext() ? Optional.of(phrases.next()) : Optional.empty();
        tally.text(Duration.ofNanos(System.nanoTime() - start));
        return phrase;
    }

    boolean isReady() {
        return next.isDone();
    }

    /** The prepared sentence, or nothing after the last; then prepares the one after it. Rethrows what went wrong there. */
    Optional<Phrase> take() {
        Optional<Phrase> phrase = UtterException.joined(next);
        if (phrase.isPresent()) {
            prefetch();
        }
        return phrase;
    }
}
