package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.error.UtterException.InvalidInput;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.testing.GoldenCases;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleImporterTest {
    private static final Path GPT_V1 = GoldenCases.file("gpt/gpt-h128-v1.ckpt");
    private static final Path GPT_V2 = GoldenCases.file("gpt/gpt-h64.ckpt");
    private static final Path SOVITS_V1 = GoldenCases.file("sovits/sovits-v1.pth");
    private static final Path RECORDING = Path.of("models/default/voices/default/reference.wav");

    @TempDir
    Path models;

    private final List<String> progress = new ArrayList<>();

    private Bundle run(Path gpt, Path sovits, boolean replace, ImportRequest.Reference... voices) {
        return new BundleImporter(models, progress::add)
                .run(new ImportRequest(gpt, sovits, "mine", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(voices), List.of(), true, Precision.FP32, false,
                        replace));
    }

    private void assertRefused(String inMessage, Path gpt, Path sovits) throws IOException {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(gpt, sovits, false));
        assertTrue(refused.getMessage().contains(inMessage), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
        try (Stream<Path> left = Files.list(models)) {
            assertEquals(List.of(), left.toList(), "nothing is left behind");
        }
    }

    @Test
    void aPairBecomesABundleWithChecksumsAndAVoice() {
        int[] tokens = {1, 2, 3};
        Bundle bundle = run(GPT_V1, SOVITS_V1, false,
                new ImportRequest.Reference("me", "Me", "en", RECORDING, Optional.of("Some words."), Optional.of(tokens)));
        Bundle read = Bundle.open(models.resolve("mine"));
        assertEquals(bundle.manifest(), read.manifest());
        read.verify();
        assertEquals("v1", read.manifest().generation());
        assertEquals("v1", read.manifest().symbols());
        assertEquals(32000, read.manifest().sampleRate());
        assertEquals(2, read.manifest().sources().size());
        List<VoiceProfile> voices = new VoiceFolder(read.file(Bundle.VOICES)).read();
        assertEquals(1, voices.size());
        assertTrue(voices.getFirst().hasPrompt());
        assertArrayEquals(tokens, voices.getFirst().tokens().orElseThrow());
        assertEquals(read.manifest().acoustic().styleWidth(), voices.getFirst().style().length);
        assertTrue(progress.stream().anyMatch(line -> line.contains("2 layers x 128")), progress.toString());
    }

    @Test
    void aDamagedBundleIsNoticed() throws IOException {
        Bundle bundle = run(GPT_V1, SOVITS_V1, false);
        Path weights = bundle.file("acoustic.weights");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        assertTrue(assertThrows(UtterException.Failed.class, bundle::verify).getMessage().contains("acoustic.weights"));
    }

    @Test
    void aBundleIsReplacedOnlyWhenAskedFor() throws IOException {
        run(GPT_V1, SOVITS_V1, false);
        Path mark = Files.writeString(models.resolve("mine").resolve("mark"), "old");
        assertEquals("bundle_exists", assertThrows(InvalidInput.class, () -> run(GPT_V1, SOVITS_V1, false)).code());
        assertTrue(Files.exists(mark));
        run(GPT_V1, SOVITS_V1, true);
        assertFalse(Files.exists(mark));
        try (Stream<Path> left = Files.list(models)) {
            assertEquals(List.of(models.resolve("mine")), left.toList());
        }
    }

    @Test
    void filesOfOtherKindsAreNamed() throws IOException {
        assertRefused("looks like a SoVITS checkpoint", SOVITS_V1, SOVITS_V1);
        assertRefused("looks like a GPT checkpoint", GPT_V1, GPT_V1);
        assertRefused("do not belong together", GPT_V2, SOVITS_V1);
        assertRefused("v3 LoRA", GPT_V2, GoldenCases.file("sovits/sovits-v3-lora4.pth"));
        assertRefused("not a PyTorch checkpoint", RECORDING, SOVITS_V1);
    }

    @Test
    void aTruncatedFileIsRefused(@TempDir Path elsewhere) throws IOException {
        byte[] whole = Files.readAllBytes(GPT_V1);
        assertRefused("truncated", Files.write(elsewhere.resolve("cut.ckpt"), java.util.Arrays.copyOf(whole, whole.length / 2)), SOVITS_V1);
    }

    @Test
    void aFlippedBitInATensorIsRefused(@TempDir Path elsewhere) throws IOException {
        byte[] bytes = Files.readAllBytes(GPT_V1);
        bytes[bytes.length / 2] ^= 4;
        assertRefused("flipped.ckpt", Files.write(elsewhere.resolve("flipped.ckpt"), bytes), SOVITS_V1);
    }
}
