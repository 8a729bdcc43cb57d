package io.utter.knative;

import java.time.Duration;
import java.util.Optional;

/**
 * What a Knative revision tells its queue-proxy.
 *
 * @param containerConcurrency requests the application gets at the same time; ten times as many wait. 0: no bound.
 * @param timeout wall on a whole request, its wait in the queue included ({@code timeoutSeconds})
 * @param responseStart until the head of the response ({@code responseStartTimeoutSeconds})
 * @param idle between two writes of the response, and until the first ({@code idleTimeoutSeconds})
 * @param quietPeriod how long after the last arrival a drain ends; Knative's is always 30 s
 */
record Revision(int containerConcurrency, Duration timeout, Optional<Duration> responseStart, Optional<Duration> idle,
        Duration quietPeriod) {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(300);
    private static final Duration SHORT_QUIET = Duration.ofMillis(300);

    static Revision ofConcurrency(int requests) {
        return new Revision(requests, DEFAULT_TIMEOUT, Optional.empty(), Optional.empty(), SHORT_QUIET);
    }

    Revision withTimeout(Duration wall) {
        return new Revision(containerConcurrency, wall, responseStart, idle, quietPeriod);
    }

    Revision withResponseStart(Duration start) {
        return new Revision(containerConcurrency, timeout, Optional.of(start), idle, quietPeriod);
    }

    Revision withIdle(Duration gap) {
        return new Revision(containerConcurrency, timeout, responseStart, Optional.of(gap), quietPeriod);
    }
}
