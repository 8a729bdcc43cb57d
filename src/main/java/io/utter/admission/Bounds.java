package io.utter.admission;

import java.time.Duration;

/**
 * What an {@link AdmissionGate} lets in.
 *
 * @param slots requests that are served at the same time; all others wait
 * @param longestWait how long a request may be expected to wait for a slot
 * @param mostWaiting requests that may wait, however short their wait is expected to be
 * @param perClient requests of one client that may be here at the same time; 0 is no limit
 */
public record Bounds(int slots, Duration longestWait, int mostWaiting, int perClient) {
    public Bounds {
        if (slots < 1 || longestWait.isNegative() || mostWaiting < 0 || perClient < 0) {
            throw new IllegalArgumentException("slots are at least 1; longest-wait, most-waiting and per-client are not negative");
        }
    }
}
