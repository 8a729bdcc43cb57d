package io.utter.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SynthesisRateTest {
    private static final long SECOND = 1_000_000_000L;
    /** Sums of doubles. */
    private static final double ROUNDING = 1e-9;

    private final BusyClock clock = new BusyClock();

    @Test
    void nothingIsKnownBeforeAnythingWasSpoken() {
        assertTrue(new SynthesisRate(4).charactersPerSecond().isEmpty());
    }

    @Test
    void streamsThatRanTogetherSharedTheTime() {
        SynthesisRate rate = new SynthesisRate(4);
        clock.run(4, 0);
        BusyClock.Reading from = clock.read(0);
        BusyClock.Reading to = clock.read(10 * SECOND);
        rate.finished(100, from, to);
        assertEquals(40, rate.charactersPerSecond().orElseThrow(), ROUNDING, "100 characters in a quarter of 10 s");
    }

    @Test
    void idleTimeIsNotCounted() {
        SynthesisRate rate = new SynthesisRate(1);
        clock.run(1, 0);
        BusyClock.Reading from = clock.read(0);
        clock.run(0, 2 * SECOND);
        clock.run(1, 100 * SECOND);
        BusyClock.Reading to = clock.read(102 * SECOND);
        assertEquals(4, to.shared() - from.shared(), ROUNDING);
        rate.finished(100, from, to);
        assertEquals(25, rate.charactersPerSecond().orElseThrow(), ROUNDING);
    }

    @Test
    void whatWasLearnedWithFullSlotsCountsMoreThanWhatWasLearnedWithOne() {
        SynthesisRate rate = new SynthesisRate(4);
        clock.run(1, 0);
        BusyClock.Reading alone = clock.read(0);
        rate.finished(10, alone, clock.read(SECOND));
        assertEquals(10, rate.charactersPerSecond().orElseThrow(), ROUNDING);
        clock.run(4, SECOND);
        BusyClock.Reading full = clock.read(SECOND);
        rate.finished(10, full, clock.read(2 * SECOND));
        assertEquals(40, rate.charactersPerSecond().orElseThrow(), ROUNDING);
        clock.run(1, 2 * SECOND);
        alone = clock.read(2 * SECOND);
        rate.finished(10, alone, clock.read(3 * SECOND));
        assertEquals(40, rate.charactersPerSecond().orElseThrow(), ROUNDING);
    }

    @Test
    void itFollowsAServerThatHasBecomeSlower() {
        SynthesisRate rate = new SynthesisRate(1);
        clock.run(1, 0);
        long now = 0;
        for (int stream = 0; stream < 100; stream++, now += SECOND) {
            rate.finished(50, clock.read(now), clock.read(now + SECOND));
        }
        assertEquals(50, rate.charactersPerSecond().orElseThrow(), ROUNDING);
        for (int stream = 0; stream < 100; stream++, now += SECOND) {
            rate.finished(20, clock.read(now), clock.read(now + SECOND));
        }
        assertEquals(20, rate.charactersPerSecond().orElseThrow(), 2, "after three times its memory a twentieth of the old is left");
    }
}
