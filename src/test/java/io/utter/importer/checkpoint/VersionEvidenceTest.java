package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.ModelVersion.Decoder.FLOW_MATCHING;
import static io.utter.importer.checkpoint.ModelVersion.Decoder.PLAIN;
import static io.utter.importer.checkpoint.ModelVersion.Decoder.SPEAKER_CONDITIONED;
import static io.utter.importer.checkpoint.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.importer.checkpoint.ModelVersion.Decoder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detection of the version, rule by rule of spec section 1.2. */
class VersionEvidenceTest {
    private static final long SMALL = 84_969_471;
    private static final long MIDDLE = 84_969_472;
    private static final long LARGE = 734_003_200;

    @ParameterizedTest
    @CsvSource({"00,PLAIN,V1,v1", "01,PLAIN,V2,v2", "02,FLOW_MATCHING,V2,v3", "03,FLOW_MATCHING,V2,v3", "04,FLOW_MATCHING,V2,v4",
        "05,SPEAKER_CONDITIONED,V2,v2Pro", "06,SPEAKER_CONDITIONED,V2,v2ProPlus"})
    void twoDigitsInPlaceOfPkDecide(String digits, Decoder decoder, SymbolVersion symbols, String version) {
        assertEquals(version, evidence(Optional.of(digits), SMALL, Optional.empty(), decoder, symbols).version().spelling());
    }

    @Test
    void unknownDigitsAreRefused() {
        assertRefused("starts with '07'", () -> evidence(Optional.of("07"), SMALL, Optional.empty(), PLAIN, SymbolVersion.V2).version());
    }

    @Test
    void plainFilesOfV1AndV2AreToldApartByTheirSymbolsAtAnySize() {
        for (long size : new long[] {SMALL, MIDDLE}) {
            assertEquals(ModelVersion.V1, plain(size, PLAIN, SymbolVersion.V1));
            assertEquals(ModelVersion.V2, plain(size, PLAIN, SymbolVersion.V2));
        }
    }

    @Test
    void largePlainFilesAreV3() {
        assertEquals(ModelVersion.V3, plain(LARGE, FLOW_MATCHING, SymbolVersion.V2));
        assertRefused("unclear version: the file is v2 to all appearance, but has the tensors of v3 or v4",
                () -> plain(LARGE - 1, FLOW_MATCHING, SymbolVersion.V2));
    }

    @Test
    void aV4FileSavedAsAPlainZipIsKnownByItsConfiguration() {
        assertEquals(ModelVersion.V4,
                evidence(Optional.empty(), LARGE, Optional.of("v4"), FLOW_MATCHING, SymbolVersion.V2).version());
    }

    @Test
    void theConfigurationIsNotBelievedAgainstTheTensors() {
        assertEquals(ModelVersion.V2, evidence(Optional.empty(), SMALL, Optional.of("v4"), PLAIN, SymbolVersion.V2).version());
        assertEquals(ModelVersion.V1, evidence(Optional.empty(), SMALL, Optional.of("v2"), PLAIN, SymbolVersion.V1).version());
    }

    @Test
    void digitsThatContradictTheTensorsAreRefused() {
        assertRefused("has the tensors of v2Pro or v2ProPlus; name its version",
                () -> evidence(Optional.of("02"), SMALL, Optional.empty(), SPEAKER_CONDITIONED, SymbolVersion.V2).version());
    }

    @Test
    void aPersonKnowsBetterUnlessTheTensorsSayOtherwise() {
        VersionEvidence evidence = evidence(Optional.empty(), LARGE, Optional.empty(), FLOW_MATCHING, SymbolVersion.V2);
        assertEquals(ModelVersion.V4, evidence.version(ModelVersion.V4));
        assertRefused("the file is v2Pro as named", () -> evidence.version(ModelVersion.V2_PRO));
    }

    private static ModelVersion plain(long size, Decoder decoder, SymbolVersion symbols) {
        return evidence(Optional.empty(), size, Optional.empty(), decoder, symbols).version();
    }

    private static VersionEvidence evidence(Optional<String> stamp, long size, Optional<String> configured, Decoder decoder,
            SymbolVersion symbols) {
        return new VersionEvidence(new byte[8192], stamp, size, configured, decoder, symbols);
    }
}
