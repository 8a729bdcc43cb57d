package io.utter.bench.load;

import java.time.Duration;

/**
 * The clock of a player that begins with the first audio it gets. It underruns when all it has been given is played and more has not
 * come; it then waits in silence and goes on with what comes. Times are {@link System#nanoTime}'s; for one thread at a time.
 */
final class Playout {
    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerByte;
    private long firstAt;
    private long bytes;
    private double silentUntilNow; // nanoseconds of silence since the beginning
    private int underruns;
    private double longestGap;

    /** @param bytesPerSecond of the audio as it is sent */
    Playout(int bytesPerSecond) {
        this.nanosPerByte = NANOS_PER_SECOND / bytesPerSecond;
    }

    void received(long now, int count) {
        if (bytes == 0) {
            firstAt = now;
        }
        double late = now - exactEnd();
        if (bytes > 0 && late > 0) {
            underruns++;
            silentUntilNow += late;
            longestGap = Math.max(longestGap, late);
        }
        bytes += count;
    }

    boolean begun() {
        return bytes > 0;
    }

    /** When the first audio came. */
    long firstAt() {
        return firstAt;
    }

    /** When everything that has come so far will have been played. */
    long endsAt() {
        return (long) exactEnd();
    }

    Duration audio() {
        return Duration.ofNanos((long) (bytes * nanosPerByte));
    }

    long bytes() {
        return bytes;
    }

    int underruns() {
        return underruns;
    }

    /** The longest silence after an underrun. */
    Duration longestGap() {
        return Duration.ofNanos((long) longestGap);
    }

    private double exactEnd() {
        return firstAt + silentUntilNow + bytes * nanosPerByte;
    }
}
