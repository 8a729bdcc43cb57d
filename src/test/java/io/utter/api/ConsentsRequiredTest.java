package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.config.StandaloneConfig;
import io.utter.error.UtterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

class ConsentsRequiredTest {
    private static final String NEEDED = "utter.voices.consent";

    @AfterEach
    void clear() {
        System.clearProperty(NEEDED);
    }

    private static Consents consents() {
        return new Consents(StandaloneConfig.read());
    }

    @Test
    void consentsAreOptionalUnlessTheyAreRequired() {
        assertEquals(1, consents().resting(Optional.empty(), () -> 1));
        System.setProperty(NEEDED, "Required ");
        UtterException.InvalidInput missing = assertThrows(UtterException.InvalidInput.class, () -> consents().resting(Optional.empty(), () -> 1));
        assertEquals("consent missing_field", missing.field() + " " + missing.code());
    }

    @Test
    void anythingElseIsAMistakeOfTheConfiguration() {
        System.setProperty(NEEDED, "perhaps");
        assertThrows(IllegalArgumentException.class, ConsentsRequiredTest::consents);
    }
}
