package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineKeyTest {
    private static final Bundle BUNDLE = Bundle.open(Path.of("models/default"));

    private static EngineKey key(Map<String, String> checksums) {
        Manifest manifest = BUNDLE.manifest();
        return EngineKey.of(new Bundle(BUNDLE.folder(), manifest.with(checksums, manifest.sources())), Bundle.MASKED_WAVEFORM, EngineSample.H100);
    }

    private static EngineKey withAnother(String file) {
        Map<String, String> checksums = new HashMap<>(BUNDLE.manifest().files());
        assertTrue(checksums.containsKey(file));
        checksums.put(file, "0".repeat(64));
        return key(checksums);
    }

    @Test
    void itsFolderNamesAllOfIt() {
        EngineKey key = key(BUNDLE.manifest().files());
        assertEquals("waveform-masked-sm90-trt10.14.1-" + key.content(), key.folder());
        assertTrue(key.content().matches("[0-9a-f]{16}"), key.content());
        assertEquals("waveform-masked-sm120-trt10.9.0-" + key.content(),
                new EngineKey(key.graph(), key.content(), new EngineMachine("12.0", "10.9.0")).folder());
    }

    @Test
    void theGraphAndItsWeightsMakeItsContentAndNothingElseDoes() {
        EngineKey key = key(BUNDLE.manifest().files());
        assertNotEquals(key, withAnother(Bundle.MASKED_WAVEFORM));
        assertNotEquals(key, withAnother("acoustic.weights"));
        assertNotEquals(withAnother(Bundle.MASKED_WAVEFORM), withAnother("acoustic.weights"));
        assertEquals(key, withAnother("semantic.weights"));
    }

    @Test
    void aBundleThatDoesNotSayWhatIsInItHasNone() {
        UtterException.Failed refused = assertThrows(UtterException.Failed.class, () -> key(Map.of()));
        assertTrue(refused.getMessage().contains("no checksum of waveform-masked.onnx"), refused.getMessage());
    }

    @Test
    void aDifferenceIsSaidInWords() {
        EngineKey key = key(BUNDLE.manifest().files());
        assertEquals(Optional.empty(), key.difference(EngineSample.H100));
        assertEquals(Optional.of("it is for compute capability 9.0, and this card has 8.9"), key.difference(new EngineMachine("8.9", "10.14.1")));
        assertEquals(Optional.of("it was built with TensorRT 10.14.1, and 10.15.0 is installed"), key.difference(new EngineMachine("9.0", "10.15.0")));
    }
}
