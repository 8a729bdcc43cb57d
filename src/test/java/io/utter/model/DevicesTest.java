package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.model.ort.Cards;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a setting gives on a machine without a card. */
class DevicesTest {
    @BeforeAll
    static void withoutACard() {
        Assumptions.assumeTrue(Cards.count() == 0, "there is a card");
    }

    @Test
    void autoTakesTheProcessorAndSaysWhy() {
        Devices devices = Devices.of("auto");
        assertEquals(List.of(DeviceName.CPU), devices.names());
        assertTrue(devices.automatic());
        assertTrue(devices.remark().orElseThrow().matches("computing on the processor: .+"), devices.toString());
    }

    @Test
    void whatIsNamedIsTakenAsItIs() {
        assertEquals(List.of(DeviceName.CPU, new DeviceName(DeviceName.Kind.CPU, 1)), Devices.of("cpu, CPU:1").names());
        assertEquals("cuda:3", DeviceName.parse("cuda:3").orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda:0", "cpu,cuda:1"})
    void aCardThatCannotBeHadIsRefusedWithTheReason(String setting) {
        UtterException.Failed refused = assertThrows(UtterException.Failed.class, () -> Devices.of(setting));
        assertEquals("device_unavailable", refused.code());
        assertTrue(refused.getMessage().matches("utter.device asks for cuda(:\\d)?, but .*(driver|CUDA|card).*"), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:x", "cuda:-1", "cpu,,cpu", "cuda:1:2"})
    void nonsenseIsRefused(String setting) {
        assertEquals("device_unavailable", assertThrows(UtterException.Failed.class, () -> Devices.of(setting)).code());
    }
}
