package io.utter.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Knative's documented rules, on a target of 10 of 20 requests a pod. */
class AutoscalerTest {
    private static final AutoscalerSettings SETTINGS = new AutoscalerSettings(20, 0.5, 60, 6, 2, 0, 30, 0, 10, 1000);

    /** What is decided in the end, when so many requests are there for so long. */
    private static int after(Autoscaler autoscaler, double from, double seconds, double concurrency, int ready) {
        int decided = ready;
        for (double now = from; now < from + seconds; now += Autoscaler.TICK) {
            decided = autoscaler.decide(now, concurrency, decided);
        }
        return decided;
    }

    @Test
    void podsAreAsManyAsHoldTheAverageAtTheTarget() {
        assertEquals(3, after(new Autoscaler(SETTINGS), 0, 200, 25, 1));
        assertEquals(1, after(new Autoscaler(SETTINGS), 0, 200, 10, 1));
    }

    @Test
    void aSuddenCrowdIsPanickedAboutWithinSecondsAndPodsStayForAWindow() {
        Autoscaler autoscaler = new Autoscaler(SETTINGS);
        after(autoscaler, 0, 60, 5, 1);
        assertEquals(8, after(autoscaler, 60, 8, 80, 1), "the long window alone would want two");
        assertEquals(8, after(autoscaler, 68, 40, 0, 8), "no fewer while it panics");
        assertTrue(after(autoscaler, 108, 100, 10, 8) < 8);
    }

    @Test
    void theLastPodGoesAfterTheWindowAndTheRetention() {
        Autoscaler autoscaler = new Autoscaler(SETTINGS);
        after(autoscaler, 0, 60, 5, 1);
        assertEquals(1, after(autoscaler, 60, 80, 0, 1));
        assertEquals(0, after(autoscaler, 140, 30, 0, 1));
    }

    @Test
    void fewerPodsAreTakenOnlyAfterTheDelay() {
        Autoscaler autoscaler = new Autoscaler(new AutoscalerSettings(20, 0.5, 6, 6, 100, 100, 0, 0, 10, 1000));
        assertEquals(4, after(autoscaler, 0, 30, 40, 4));
        assertEquals(4, after(autoscaler, 30, 90, 10, 4));
        assertEquals(1, after(autoscaler, 120, 40, 10, 4));
    }

    @Test
    void thereAreNeverMoreOrFewerThanAllowed() {
        assertEquals(10, after(new Autoscaler(SETTINGS), 0, 200, 1000, 1));
        assertEquals(2, after(new Autoscaler(new AutoscalerSettings(20, 0.5, 60, 6, 2, 0, 30, 2, 10, 1000)), 0, 300, 0, 2));
    }
}
