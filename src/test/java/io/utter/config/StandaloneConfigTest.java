package io.utter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

class StandaloneConfigTest {

    @AfterEach
    void clear() {
        System.clearProperty("utter.models");
        System.clearProperty("utter.drain-timeout");
        System.clearProperty("utter.limits.input-characters");
    }

    @Test
    void withoutAnythingSetTheDefaultsHold() {
        UtterConfig config = StandaloneConfig.read();
        assertEquals(4096, config.limits().inputCharacters());
        assertEquals(262_144, config.limits().bodyBytes());
        assertEquals(Duration.ofSeconds(120), config.drainTimeout());
        assertEquals(16, config.engine().slots());
        assertEquals(Duration.ofSeconds(280), config.limits().requestTimeout());
        assertEquals(Duration.ofSeconds(10), config.admission().longestWait());
        assertEquals(Optional.empty(), config.admission().clientHeader());
    }

    @Test
    void systemPropertiesWin() {
        System.setProperty("utter.models", "/elsewhere");
        System.setProperty("utter.drain-timeout", "7s");
        assertEquals(Path.of("/elsewhere"), StandaloneConfig.read().models());
        assertEquals(Duration.ofSeconds(7), StandaloneConfig.read().drainTimeout());
    }

    @Test
    void aValueThatCannotBeReadIsRefusedByItsKey() {
        System.setProperty("utter.limits.input-characters", "many");
        String message = assertThrows(RuntimeException.class, StandaloneConfig::read).getMessage();
        assertTrue(message.contains("utter.limits.input-characters"), message);
    }
}
