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
    /** Taken and not finished. */
    FAILED;

    public static Outcome of(Throwable failure) {
        return switch (failure) {
            case UtterException.InvalidInput _ -> INVALID;
            case UtterException.NotFound _ -> NOT_FOUND;
            case UtterException.Unavailable _ -> UNAVAILABLE;
            default -> FAILED;
        };
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
