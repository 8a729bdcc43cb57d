package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.Placement;
import io.utter.model.SemanticModel;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fp16 graphs of devices, where values between the products and caches are fp16, too, against fp32 on the processor. */
class DevicePrecisionTest {
    private static final int THREADS = 2;
    private static final int ROW_POSITIONS = 512;
    /** Of logits of a size of 10. On a processor, whose products sum in fewer bits, 0.3 was seen. */
    private static final double LOGIT_TOLERANCE = 0.5;
    /** For the same reason more steps differ there: 0.9905 was seen, on a card 0.994. */
    private static final double LEAST_AGREEMENT_ON_PROCESSORS = 0.97;

    private static Placement placement() {
        DeviceName tested = TestedDevice.name();
        return Placement.on(tested.kind() == DeviceName.Kind.CPU ? DeviceName.parse("cpu-pool").orElseThrow() : tested, THREADS, new Placement.Room(ROW_POSITIONS, 1, 1, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt/gpt-h128-v1.ckpt", "gpt/gpt-h64.ckpt"})
    void theSameTokensAreLikeliest(String checkpoint) {
        Path weights = GoldenCases.file(checkpoint);
        Bundle written = GoldenBundle.semantic(weights, Arithmetic.of(Precision.FP16));
        Bundle half = new Bundle(written.folder(), written.manifest().with("fp16"));
        try (SemanticModel exact = new SemanticModel(GoldenBundle.semantic(weights), THREADS);
                SemanticModel reduced = new SemanticModel(half, placement())) {
            TokenAgreement found = TokenAgreement.measure(exact, reduced, new int[] {1, 2, 3});
            System.out.printf("%s: token agreement %.4f, largest difference of logits %.4f%n", checkpoint, found.share(), found.largestDifference());
            boolean card = TestedDevice.name().kind() == DeviceName.Kind.CUDA;
            double least = card ? PrecisionTrial.LEAST_TOKEN_AGREEMENT : LEAST_AGREEMENT_ON_PROCESSORS;
            assertTrue(found.share() >= least, () -> "agreement " + found.share());
            assertTrue(found.largestDifference() < LOGIT_TOLERANCE && found.largestDifference() > 0, () -> "difference " + found.largestDifference());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sovits/sovits-v1.pth", "sovits/sovits-v2.pth"})
    void audioIsTheSameToTheEar(String checkpoint) {
        Path weights = GoldenCases.file(checkpoint);
        Bundle exact = GoldenBundle.acoustic(weights);
        Bundle written = GoldenBundle.acoustic(weights, Arithmetic.of(Precision.FP16));
        Bundle half = new Bundle(written.folder(), written.manifest().with("fp16"));
        float[] style = new float[exact.manifest().acoustic().styleWidth()];
        Random random = new Random(2);
        for (int i = 0; i < style.length; i++) {
            style[i] = (float) (0.1 * random.nextGaussian());
        }
        int[] tokens = random.ints(60, 0, 1024).toArray();
        double distance = new AudioDistance(exact, half, style, placement()).measure(tokens, List.of());
        System.out.printf("%s: log-spectral distance %.3f dB%n", checkpoint, distance);
        assertTrue(distance <= PrecisionTrial.LARGEST_LOG_SPECTRAL_DISTANCE, () -> distance + " dB");
    }
}
