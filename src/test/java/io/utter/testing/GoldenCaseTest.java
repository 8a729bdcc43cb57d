package io.utter.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class GoldenCaseTest {
    private final GoldenCase golden = GoldenCases.the("gpt", "gpt-h64--single-rep135");

    @Test
    void casesAreFoundByDirectoryAndPrefix() {
        assertTrue(GoldenCases.in("gpt", "gpt-h64--").stream().anyMatch(found -> found.name().equals(golden.name())));
        assertTrue(GoldenCases.in("gpt", "gpt-h64--").stream().allMatch(found -> found.name().startsWith("gpt-h64--")));
        assertTrue(GoldenCases.in("no-such-directory", "").isEmpty());
    }

    @Test
    void aCaseKnowsItsWeightsSettingsAndTensors() {
        assertTrue(Files.exists(golden.weights()));
        assertEquals(60, golden.settings().get("token_limit").asInt());
        assertArrayEquals(new int[] {1024, 27}, golden.tensor("bert").shape());
        assertEquals(27, golden.tensor("bert").dim(-1));
        assertEquals(51, golden.ints("tokens").length);
        assertTrue(golden.outputs().contains("k_cache.2"));
    }

    @Test
    void inputsComeFromTheCaseTheSettingsName() {
        GoldenCase stream = GoldenCases.the("gpt", "gpt-h128-v1--stream-mode2");
        assertArrayEquals(GoldenCases.the("gpt", "gpt-h128-v1--single-rep135").longs("phones"), stream.longs("phones"));
    }

    @Test
    void toleranceIsFoundByStartThenByLastWord() {
        assertEquals(2e-4, golden.tolerance("prefill_logits"));
        assertEquals(0, golden.tolerance("tokens"));
        assertEquals(3e-4, GoldenCases.the("audio", "mel-v3").tolerance("mel_normalised"));
        assertThrows(IllegalArgumentException.class, () -> golden.tolerance("k_cache.0"));
    }

    @Test
    void comparingReportsTheWorstElement() {
        float[] logits = golden.floats("prefill_logits");
        assertDoesNotThrow(() -> golden.assertClose("prefill_logits", logits));
        logits[7] += 0.5f;
        String message = assertThrows(AssertionFailedError.class, () -> golden.assertClose("prefill_logits", logits)).getMessage();
        assertTrue(message.contains("element 7"), message);
        logits[3] = Float.NaN;
        assertThrows(AssertionFailedError.class, () -> golden.assertClose("prefill_logits", logits));
        assertFalse(golden.longs("tokens").length == 0);
        assertThrows(AssertionFailedError.class, () -> golden.assertExact("tokens", new long[51]));
    }
}
