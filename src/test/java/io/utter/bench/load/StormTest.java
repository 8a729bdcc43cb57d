package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.bench.load.Storm.Aftermath;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StormTest {
    @Test
    void aStormIsOverWhenNoStreamIsLeft() {
        Aftermath over = new Aftermath(10, 4, 4, 1, 1, 0, OptionalDouble.of(0.032));
        assertTrue(over.sound());
        assertEquals("no stream left 32 ms after the last client", end(over));
    }

    @Test
    void aStreamThatIsLeftBehindIsNotSound() {
        Aftermath stuck = new Aftermath(10, 4, 4, 1, 1, 0, OptionalDouble.empty());
        assertFalse(stuck.sound());
        assertTrue(end(stuck).startsWith("STILL streams"), end(stuck));
    }

    @Test
    void aClientThatIsLetDownIsNotSound() {
        assertFalse(new Aftermath(10, 4, 4, 1, 0, 1, OptionalDouble.of(0)).sound());
    }

    @Test
    void aServerWithoutTheMetricIsNotBlamed() {
        Aftermath unknown = new Aftermath(10, 4, 4, 1, 1, 0, OptionalDouble.of(Double.NaN));
        assertTrue(unknown.sound());
        assertTrue(end(unknown).contains("does not tell"), end(unknown));
    }

    private static String end(Aftermath aftermath) {
        return aftermath.line().strip().split("; ")[1];
    }
}
