package io.utter.metrics;

import io.utter.error.UtterException;

import java.util.Locale;

/** How a speech request ended. */
public enum Outcome {
    /** All audio was handed over. */
    COMPLETE,
    /** The caller left. */
    CANCELLED,
    /** The request could not be served as it was. */
    INVALID,
    /** No such model or voice. */
    NOT_FOUND,
    /** Not taken: starting, draining, or full. */
    UNAVAILABLE,
    /** Not taken: its client had its share, or may not call. */
    REJECTED,
    /** Not finished in its time. */
    TIMED_OUT,
    /** Broken off because its reader took nothing for too long. */
    EVICTED,
    /** Taken and not finished. */
    FAILED;

    /** What the engine says when it takes a slot from a reader that is too slow. */
    private static final String SLOW_READER = "slow_reader";

    public static Outcome of(Throwable failure) {
        return switch (failure) {
            case UtterException.InvalidInput _ -> INVALID;
            case UtterException.NotFound _ -> NOT_FOUND;
            case UtterException.Unavailable _ -> UNAVAILABLE;
            case UtterException.OverQuota _, UtterException.Unauthorized _, UtterException.Forbidden _ -> REJECTED;
            case UtterException.TimedOut _ -> TIMED_OUT;
            case UtterException.Failed e when e.code().equals(SLOW_READER) -> EVICTED;
            default -> FAILED;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
