package io.utter.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.importer.GoldenBundle;
import io.utter.model.Manifest;
import io.utter.model.Pretrained;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.text.Language;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import io.utter.text.SymbolTable;
import io.utter.voice.PretrainedModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Features of sentences: a row for each phone, as upstream repeats them; zeros for other languages. */
class TextFeaturesTest {
    private static final int WIDTH = 64;

    static List<GoldenCase> cases() {
        return GoldenCases.in("text", "bert--");
    }

    private static Manifest manifest(Optional<String> network) {
        Manifest.Semantic semantic = new Manifest.Semantic(1, 1, 1, 1, 1, 1, 1, 1, WIDTH);
        return new Manifest(Manifest.FORMAT, "m", "v2", "v2", 32000, "", semantic, null, null, Map.of(), Map.of()).withTextNetwork(network);
    }

    private static float[] features(Optional<String> network, Segment... segments) {
        Pretrained text = GoldenBundle.text();
        try (PretrainedModels pretrained = new PretrainedModels(text.folder().getParent().getParent(), 2)) {
            return new TextFeatures(manifest(network), pretrained).of(new Sentence("", List.of(segments), SymbolTable.V2, Optional.empty()));
        }
    }

    private static Segment mandarin(String text, List<Integer> counts) {
        List<String> phones = Collections.nCopies(counts.stream().mapToInt(Integer::intValue).sum(), "a1");
        return new Segment(Language.MANDARIN, text, text, phones, counts, List.of(), false);
    }

    private static List<Integer> counts(GoldenCase golden) {
        return Arrays.stream(golden.longs("word2ph")).mapToObj(count -> (int) count).toList();
    }

    /** Upstream's features are [width, phones]. */
    private static float[] columns(float[] rows) {
        int phones = rows.length / WIDTH;
        float[] columns = new float[rows.length];
        for (int phone = 0; phone < phones; phone++) {
            for (int i = 0; i < WIDTH; i++) {
                columns[i * phones + phone] = rows[phone * WIDTH + i];
            }
        }
        return columns;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPhoneHasItsCharactersFeatures(GoldenCase golden) {
        String text = golden.settings().get("text").asText();
        golden.assertClose("features", columns(features(Optional.of(GoldenBundle.text().id()), mandarin(text, counts(golden)))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neighboursAreReadAsOne(GoldenCase golden) {
        String text = golden.settings().get("text").asText();
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            segments.add(mandarin(text.substring(i, i + 1), counts(golden).subList(i, i + 1)));
        }
        golden.assertClose("features", columns(features(Optional.of(GoldenBundle.text().id()), segments.toArray(Segment[]::new))));
    }

    @Test
    void otherLanguagesHaveNone() {
        Segment english = new Segment(Language.ENGLISH, "a", "a", List.of("EY1", "."), List.of(), List.of(), false);
        assertEquals(0, features(Optional.of(GoldenBundle.text().id()), english).length);
        float[] mixed = features(Optional.of(GoldenBundle.text().id()), english, mandarin("天", List.of(2)), english);
        assertEquals(6 * WIDTH, mixed.length);
        for (int i = 0; i < 2 * WIDTH; i++) {
            assertEquals(0, mixed[i]);
            assertEquals(0, mixed[4 * WIDTH + i]);
        }
    }

    @Test
    void withoutANetworkThereAreNone() {
        assertEquals(0, features(Optional.empty(), mandarin("天", List.of(2))).length);
    }
}
