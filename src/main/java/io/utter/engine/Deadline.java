package io.utter.engine;

import java.time.Duration;

/**
 * A moment after which nobody wants an answer any more.
 *
 * @param nanoTime in terms of {@link System#nanoTime()}
 */
public record Deadline(long nanoTime) {
    /** Further away than any process lives. */
    private static final Duration FAR = Duration.ofDays(10_000);

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    public static Deadline never() {
        return in(FAR);
    }

    public boolean hasPassed() {
        return nanoTime - System.nanoTime() < 0;
    }

    /** What is left; negative afterwards. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }
}
