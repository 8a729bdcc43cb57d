package io.utter.importer.checkpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What every refusal must be: a {@link CheckpointException} with one readable line. */
final class Refusals {
    private static final int LONGEST_LINE = 400;

    private Refusals() {}

    static void assertRefused(String expectedInMessage, Executable action) {
        CheckpointException refusal = assertThrows(CheckpointException.class, action);
        assertIsOneLine(refusal);
        assertTrue(refusal.getMessage().contains(expectedInMessage), refusal.getMessage());
    }

    static void assertIsOneLine(CheckpointException refusal) {
        String message = refusal.getMessage();
        assertFalse(message.isBlank() || message.length() > LONGEST_LINE || message.chars().anyMatch(Character::isISOControl), message);
    }
}
