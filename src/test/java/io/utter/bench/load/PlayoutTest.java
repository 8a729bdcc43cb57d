package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A second of this audio has 1000 bytes, so a byte is a millisecond. */
class PlayoutTest {
    private static final long MILLI = 1_000_000;
    private static final long START = -5; // nanoTime may be negative

    private final Playout playout = new Playout(1000);

    @Test
    void nothingIsPlayedBeforeTheFirstAudio() {
        assertFalse(playout.begun());
        at(700, 100);
        assertTrue(playout.begun());
        assertEquals(START + 700 * MILLI, playout.firstAt());
        assertEquals(0, playout.underruns());
    }

    @Test
    void audioThatComesInTimeNeverStarves() {
        at(0, 100);
        at(50, 100);
        at(199, 100);
        at(300, 100); // to the moment
        assertEquals(0, playout.underruns());
        assertEquals(START + 400 * MILLI, playout.endsAt());
        assertEquals(Duration.ofMillis(400), playout.audio());
    }

    @Test
    void aPlayerThatHasNothingLeftWaitsAndGoesOn() {
        at(0, 100);
        at(130, 100); // 30 ms of silence, then plays until 230
        at(229, 100);
        assertEquals(1, playout.underruns());
        assertEquals(Duration.ofMillis(30), playout.longestGap());
        assertEquals(START + 330 * MILLI, playout.endsAt());
    }

    @Test
    void theLongestOfTheSilencesCounts() {
        at(0, 100);
        at(110, 10);
        at(200, 10);
        at(215, 10);
        assertEquals(3, playout.underruns());
        assertEquals(Duration.ofMillis(80), playout.longestGap());
    }

    @Property
    void playbackEndsWithTheAudioAndItsSilences(@ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 400) Integer> waits) {
        Playout player = new Playout(1000);
        long now = 0;
        long silence = 0;
        long end = 0;
        for (int wait : waits) {
            now += wait * MILLI;
            silence += player.begun() ? Math.max(0, now - end) : 0;
            player.received(now, 100);
            end = player.firstAt() + silence + player.bytes() * MILLI;
            assertEquals(end, player.endsAt(), 10);
        }
    }

    private void at(long millis, int bytes) {
        playout.received(START + millis * MILLI, bytes);
    }
}
