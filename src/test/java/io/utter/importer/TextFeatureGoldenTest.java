package io.utter.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.model.TextFeatureModel;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.testing.Safetensors;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text features against upstream's. */
class TextFeatureGoldenTest {
    static List<GoldenCase> cases() {
        return GoldenCases.in("text", "bert--");
    }

    @Test
    void thereAreCases() {
        assertEquals(5, cases().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyCharactersFeaturesAreUpstreams(GoldenCase golden) {
        Safetensors.Tensor hidden = golden.tensor("hidden"); // [1, characters + 2, width]
        int width = hidden.shape()[2];
        float[] expected = hidden.floats();
        try (TextFeatureModel model = new TextFeatureModel(GoldenBundle.text(), 2)) {
            assertEquals(width, model.width());
            float[] features = model.encode(golden.settings().get("text").asText());
            assertEquals(expected.length - 2 * width, features.length);
            float[] whole = expected.clone(); // with upstream's own rows for the marks, which our graph cuts off
            System.arraycopy(features, 0, whole, width, features.length);
            golden.assertClose("hidden", whole);
        }
    }

    @Test
    void charactersThatTheVocabularyLacksAreUnknown() {
        try (TextFeatureModel model = new TextFeatureModel(GoldenBundle.text(), 2)) {
            float[] a = model.encode("今龘天");
            float[] b = model.encode("今齉天");
            assertEquals(-1, Arrays.mismatch(a, b));
        }
    }
}
