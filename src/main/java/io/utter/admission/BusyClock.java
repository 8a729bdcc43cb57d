package io.utter.admission;

/**
 * Divides the time in which anything runs among all that runs, as if each got an equal share: what one stream took of a machine that it
 * had for itself only in part. Not safe for use by many threads.
 */
final class BusyClock {
    private static final double NANOS = 1e9;

    private int running;
    private long last;
    private double shared; // seconds that a stream got which has been running since the clock was made

    /**
     * @param nanoTime when it was read
     * @param shared seconds that one stream got until then
     */
    record Reading(long nanoTime, double shared) {}

    /** From now on this many run. */
    void run(int now, long nanoTime) {
        read(nanoTime);
        running = now;
    }

    Reading read(long nanoTime) {
        if (running > 0) {
            shared += (nanoTime - last) / NANOS / running;
        }
        last = nanoTime;
        return new Reading(nanoTime, shared);
    }
}
