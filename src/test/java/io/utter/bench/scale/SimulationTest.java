package io.utter.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SimulationTest {
    /** Four streams at a time, each 4 s of audio at twice the speed of speech or more: two requests a second when full. */
    private static final ServiceTimes TIMES = new ServiceTimes(3, 0.1, 4, 8, 4, 4);
    private static final AutoscalerSettings SETTINGS = AutoscalerSettings.ofTheManifest(4, 0, 4);

    @Test
    void whoComesFirstWaitsForTheColdStart() {
        Simulation.Outcome outcome = new Simulation(TIMES, SETTINGS, 60).run(new Trace("one", new double[] {0, 3, 0, 0, 0, 0, 0, 0}), 3);
        assertTrue(outcome.requests() > 0);
        assertTrue(outcome.firstAudio() >= 3.1 && outcome.firstAudio() < 3.3, outcome.toString());
        assertEquals(1, outcome.coldStarts());
    }

    @Test
    void allAreHeardOrRefused() {
        Simulation.Outcome patient = new Simulation(TIMES, SETTINGS, 1000).run(Trace.steady(4), 1);
        assertEquals(0, patient.refused());
        Simulation.Outcome crowded = new Simulation(TIMES, SETTINGS, 5).run(Trace.steady(40), 1);
        double served = 4 * 2; // four pods, two requests a second each
        assertEquals(crowded.requests() - served * crowded.seconds(), crowded.refused(), 0.02 * crowded.requests());
        assertEquals(4, crowded.mostPods());
    }

    @Test
    void aSteadyTraceTakesThePodsThatItsConcurrencyAsksFor() {
        Simulation.Outcome outcome = new Simulation(TIMES, SETTINGS, 60).run(Trace.steady(3), 2);
        assertTrue(outcome.podSeconds() / outcome.seconds() > 1.5 && outcome.podSeconds() / outcome.seconds() <= 4, outcome.toString());
        assertTrue(outcome.firstAudio() < 0.3, outcome.toString());
    }

    @Test
    void aNightCostsNothing() {
        Simulation.Outcome day = new Simulation(TIMES, SETTINGS, 60).run(Trace.diurnal(4), 1);
        assertTrue(day.share() < 0.75, day.toString());
        assertEquals(day, new Simulation(TIMES, SETTINGS, 60).run(Trace.diurnal(4), 1), "the same seed gives the same day");
    }
}
