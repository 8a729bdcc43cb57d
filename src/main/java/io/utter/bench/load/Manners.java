package io.utter.bench.load;

import java.time.Duration;

/**
 * How a client behaves while it is spoken to.
 *
 * @param patience after this it hangs up, wherever the response is
 * @param mostBytes of audio; with more it hangs up
 * @param pause it rests this long between reads
 * @param receiveBuffer bytes that the kernel may hold for it; 0 leaves it to the kernel
 * @param resets whether it hangs up by a reset instead of a close
 */
record Manners(Duration patience, long mostBytes, Duration pause, int receiveBuffer, boolean resets) {
    /** Listens to the end. */
    static final Manners GOOD = new Manners(Duration.ofMinutes(5), Long.MAX_VALUE, Duration.ZERO, 0, false);

    Manners leavingAfter(Duration time, boolean byReset) {
        return new Manners(time, mostBytes, pause, receiveBuffer, byReset);
    }

    Manners leavingWith(long bytes, boolean byReset) {
        return new Manners(patience, bytes, pause, receiveBuffer, byReset);
    }

    Manners reading(Duration rest, int buffer) {
        return new Manners(patience, mostBytes, rest, buffer, resets);
    }
}
