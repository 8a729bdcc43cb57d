package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.error.UtterException.InvalidInput;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.SemanticModel;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden networks in reduced precision against the same in fp32, and what import does with what it finds. */
class PrecisionTest {
    private static final Path GPT = GoldenCases.file("gpt/gpt-h128-v1.ckpt");
    private static final Path SOVITS = GoldenCases.file("sovits/sovits-v1.pth");
    private static final int THREADS = 2;
    /** Logits are of a size of 1 to 10, operands have 11 bits; 0.02 and 0.03 were found. */
    private static final double ROUNDED_TOLERANCE = 0.1;
    /** The CPU provider's own fp16 products keep their sums in fewer bits too; 0.15 and 0.17 were found. */
    private static final double CPU_TOLERANCE = 0.5;

    @TempDir
    Path models;

    private final List<String> progress = new ArrayList<>();

    private Bundle run(Path gpt, Precision precision, boolean force) {
        return new BundleImporter(models, progress::add).run(new ImportRequest(gpt, SOVITS, "mine", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(),
                false, precision, force, false));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(models)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt/gpt-h128-v1.ckpt", "gpt/gpt-h64.ckpt"})
    void halfPrecisionChoosesTheSameTokens(String checkpoint) {
        Path weights = GoldenCases.file(checkpoint);
        for (Arithmetic arithmetic : List.of(Arithmetic.of(Precision.FP16), Arithmetic.imitating(Precision.FP16))) {
            double tolerance = arithmetic.imitated() ? ROUNDED_TOLERANCE : CPU_TOLERANCE;
            try (SemanticModel exact = new SemanticModel(GoldenBundle.semantic(weights), THREADS);
                    SemanticModel reduced = new SemanticModel(GoldenBundle.semantic(weights, arithmetic), THREADS)) {
                TokenAgreement found = TokenAgreement.measure(exact, reduced, new int[] {1, 2, 3});
                assertTrue(found.share() >= PrecisionTrial.LEAST_TOKEN_AGREEMENT, () -> arithmetic + " " + found.share());
                assertTrue(found.largestDifference() < tolerance && found.largestDifference() > 0,
                        () -> arithmetic + " " + found.largestDifference());
            }
        }
    }

    @Test
    void bitsThatAreMissingShow() {
        try (SemanticModel exact = new SemanticModel(GoldenBundle.semantic(GPT), THREADS);
                SemanticModel half = new SemanticModel(GoldenBundle.semantic(GPT, Arithmetic.imitating(Precision.FP16)), THREADS);
                SemanticModel brain = new SemanticModel(GoldenBundle.semantic(GPT, Arithmetic.imitating(Precision.BF16)), THREADS)) {
            double halfDifference = TokenAgreement.measure(exact, half, new int[0]).largestDifference();
            double brainDifference = TokenAgreement.measure(exact, brain, new int[0]).largestDifference();
            double ratio = brainDifference / halfDifference; // 8 bits instead of 11
            assertTrue(ratio > 4 && ratio < 16, () -> brainDifference + " / " + halfDifference);
        }
    }

    @Test
    void theManifestHasTheFigures() throws IOException {
        run(GPT, Precision.FP16, false);
        Manifest manifest = Bundle.open(models.resolve("mine")).manifest();
        assertEquals("fp16", manifest.precision());
        assertTrue(manifest.tokenAgreement() >= PrecisionTrial.LEAST_TOKEN_AGREEMENT && manifest.tokenAgreement() <= 1);
        assertTrue(manifest.logSpectralDistance() > 0 && manifest.logSpectralDistance() <= PrecisionTrial.LARGEST_LOG_SPECTRAL_DISTANCE);
        assertTrue(progress.stream().anyMatch(line -> line.contains("token agreement")), progress.toString());
        try (Stream<Path> files = Files.list(models.resolve("mine"))) {
            assertEquals(manifest.files().size() + 1, files.count(), "what was compared with is gone");
        }
    }

    @Test
    void fullPrecisionSaysNothingOfItself() throws IOException {
        Bundle bundle = run(GPT, Precision.FP32, false);
        assertNull(Bundle.open(bundle.folder()).manifest().precision());
        var stored = new ObjectMapper().readTree(bundle.file(Bundle.MANIFEST).toFile());
        assertTrue(!stored.has("precision") && !stored.has("tokenAgreement") && !stored.has("logSpectralDistance"));
    }

    /** A large bias on all channels: fp32 and the normalisation behind it take it away again, fp16 has lost what it was added to. */
    @Test
    void networksThatLoseTooMuchAreRefusedUnlessForced(@TempDir Path elsewhere) throws IOException {
        Path spoilt = SpoiltCheckpoint.write(GPT, "linear2.bias", 30000, elsewhere.resolve("spoilt.ckpt"));
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(spoilt, Precision.FP16, false));
        assertEquals("precision_too_low", refused.code());
        assertEquals(1, refused.getMessage().lines().count());
        assertNothingIsLeft();
        Manifest forced = run(spoilt, Precision.FP16, true).manifest();
        assertTrue(forced.tokenAgreement() < PrecisionTrial.LEAST_TOKEN_AGREEMENT, () -> forced.tokenAgreement().toString());
    }

    @Test
    void overflowIsRefusedEvenIfForced(@TempDir Path elsewhere) throws IOException {
        Path spoilt = SpoiltCheckpoint.write(GPT, "linear1.bias", 60000, elsewhere.resolve("spoilt.ckpt"));
        Path worse = SpoiltCheckpoint.write(spoilt, "linear2.weight", 100, elsewhere.resolve("worse.ckpt"));
        assertEquals("precision_overflow", assertThrows(InvalidInput.class, () -> run(worse, Precision.FP16, true)).code());
        assertNothingIsLeft();
    }

    /** The CPU provider has no products in bf16. Should this fail one day, take the test away: it has some then. */
    @Test
    void whatCannotBeRunHereIsRefused() throws IOException {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> run(GPT, Precision.BF16, true));
        assertEquals("precision_not_runnable", refused.code());
        assertEquals(1, refused.getMessage().lines().count());
        assertNothingIsLeft();
    }
}
