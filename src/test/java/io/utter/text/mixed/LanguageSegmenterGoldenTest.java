package io.utter.text.mixed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.text.EveryLanguage;
import io.utter.text.Golden;
import io.utter.text.Language;
import io.utter.text.LanguageMode;
import io.utter.text.LanguageRun;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Where upstream divides texts between languages, line by line, with the model that the golden lines were made with. */
class LanguageSegmenterGoldenTest {
    private static final LanguageSegmenter SEGMENTER = new LanguageSegmenter(EveryLanguage.model());

    @TestFactory
    Stream<DynamicTest> dividesAsUpstreamDoes() throws IOException {
        return Golden.linesOf("mixed.jsonl", "zh.jsonl", "ja.jsonl", "ko.jsonl", "yue.jsonl", "en.jsonl").stream()
                .filter(line -> !line.has("error"))
                .map(line -> DynamicTest.dynamicTest(line.get("lang").asText() + " “" + line.get("text").asText() + "”", () -> check(line)));
    }

    private static void check(JsonNode line) {
        String text = line.get("text").asText().replaceAll(" {2,}", " ");
        String piece = line.path("retried").asBoolean() ? "." + text : text;
        assertEquals(StreamSupport.stream(line.get("segments").spliterator(), false).map(LanguageSegmenterGoldenTest::run).toList(),
                SEGMENTER.runs(piece, LanguageMode.parse(line.get("lang").asText())));
    }

    /** Where no language can say something, English is given a space. */
    private static LanguageRun run(JsonNode segment) {
        return Language.of(segment.get("lang").asText()).map(language -> new LanguageRun(language, segment.get("text").asText()))
                .orElse(new LanguageRun(Language.ENGLISH, " "));
    }

    @Test
    void nothingIsDividedIntoNothing() {
        assertEquals(List.of(), SEGMENTER.runs(" \n ", LanguageMode.AUTO));
    }
}
