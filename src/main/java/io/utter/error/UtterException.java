package io.utter.error;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A failure that is told to the caller. The message is written for them: it names what was wrong and what would be right,
 * and never holds paths, text to be spoken, or stack traces.
 */
public abstract sealed class UtterException extends RuntimeException {
    private final String code;

    private UtterException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    /**
     * What a computation on another thread gives, or throws as it was thrown there.
     *
     * @throws CompletionException only around a checked exception
     */
    public static <T> T joined(CompletableFuture<T> computation) {
        try {
            return computation.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw e;
            }
        }
    }

    /** Stable, machine-readable name of the failure, for instance {@code empty_input}. */
    public final String code() {
        return code;
    }

    /** The request cannot be served as it is; sending it again unchanged will fail again. */
    public static non-sealed class InvalidInput extends UtterException {
        private final String field;

        /** @param field the request field or option at fault, as the caller spells it */
        public InvalidInput(String field, String code, String message) {
            super(code, message, null);
            this.field = Objects.requireNonNull(field);
        }

        public String field() {
            return field;
        }
    }

    /** The request names a model or voice that does not exist. */
    public static final class NotFound extends UtterException {
        private final String field;

        public NotFound(String field, String code, String message) {
            super(code, message, null);
            this.field = Objects.requireNonNull(field);
        }

        public String field() {
            return field;
        }
    }

    /** The caller has not said who it is, or nobody knows it. */
    public static final class Unauthorized extends UtterException {
        public Unauthorized(String code, String message) {
            super(code, message, null);
        }
    }

    /** The operator does not allow this here. */
    public static final class Forbidden extends UtterException {
        public Forbidden(String code, String message) {
            super(code, message, null);
        }
    }

    /** Something else stands in the way, which has to go first. */
    public static final class Conflict extends UtterException {
        public Conflict(String code, String message) {
            super(code, message, null);
        }
    }

    /** The server cannot take the request now; the same request may succeed after {@link #retryAfter()}. */
    public static final class Unavailable extends UtterException {
        private final Duration retryAfter;

        public Unavailable(String code, String message, Duration retryAfter) {
            super(code, message, null);
            this.retryAfter = Objects.requireNonNull(retryAfter);
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The caller has used up its share; the same request may succeed after {@link #retryAfter()}. */
    public static final class OverQuota extends UtterException {
        private final Duration retryAfter;

        public OverQuota(String code, String message, Duration retryAfter) {
            super(code, message, null);
            this.retryAfter = Objects.requireNonNull(retryAfter);
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The request could not be finished in the time that it was given. */
    public static final class TimedOut extends UtterException {
        public TimedOut(String message) {
            super("deadline_exceeded", message, null);
        }
    }

    /** The request was taken and could not be finished; the fault is the server's. */
    public static final class Failed extends UtterException {
        public Failed(String code, String message, Throwable cause) {
            super(code, message, cause);
        }
    }
}
