package io.utter.bench.load;

import java.time.Duration;

/**
 * How one request went, as its client saw it.
 *
 * @param status of the response; 0 if there was none
 * @param sentAt when the client began to connect, in {@link System#nanoTime}
 * @param endedAt when the stream ended or the client left
 * @param playout the audio that came
 * @param retryAfter what a server that refused asked for; zero if it did not say
 */
record Heard(Outcome outcome, int status, long sentAt, long endedAt, Playout playout, Duration retryAfter) {
    private static final double MILLIS = 1e-6;

    enum Outcome {
        /** To the end, and the trailer says so. */
        COMPLETE,
        /** Not taken: 429, 503, or 504. */
        REFUSED,
        /** Not taken, and the client is told that it is to blame: 4xx. */
        BLAMED,
        /** The client hung up. */
        LEFT,
        /** Audio came and broke off, or ended without the trailer. */
        BROKEN,
        /** No answer, or 5xx. */
        FAILED
    }

    boolean complete() {
        return outcome == Outcome.COMPLETE;
    }

    /** From the connection's beginning to the first byte of audio; NaN if there was none. */
    double firstAudioMillis() {
        return playout.begun() ? (playout.firstAt() - sentAt) * MILLIS : Double.NaN;
    }

    /** Time to the end of the stream over its audio's length. */
    double realTimeFactor() {
        return (endedAt - sentAt) / (double) playout.audio().toNanos();
    }
}
