package io.utter.text.zh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.text.Golden;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MandarinNormalizerTest {
    @TestFactory
    Stream<DynamicTest> writesWhatUpstreamWrites() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String file : List.of("zh.jsonl", "mixed.jsonl")) {
            for (JsonNode line : Golden.lines(file)) {
                JsonNode segments = line.path("segments");
                for (JsonNode segment : segments) {
                    if (segment.path("lang").asText().equals("zh")) {
                        String text = segment.get("text").asText();
                        String norm = (segments.size() == 1 ? line : segment).path("norm").asText();
                        tests.add(DynamicTest.dynamicTest("“" + text + "”", () -> {
                            assumeFalse(text.contains("￥") || text.contains("^"), "marks of the cleaner, not of the normaliser");
                            assertEquals(norm, MandarinNormalizer.normalize(text));
                        }));
                    }
                }
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @CsvSource({
        "拨打+8613812345678, 拨打八六幺三八幺二三四五六七八",
        "８:30-12:00见, 八点半至十二点见",
        "1+2-3=0, 一加二减三等于零",
        "第100000000000个, 第一千亿个",
        "٣个, 三个"
    })
    void putsNumbersIntoWords(String text, String words) {
        assertEquals(words, MandarinNormalizer.normalize(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "1.", "1+", "1-2~", "a+", "1:00-", "\ud800", "²", "...", " \t", "1/", "0", ".5"})
    void takesTimeInProportionToTheText(String part) {
        assertTimeout(Duration.ofSeconds(5), () -> MandarinNormalizer.normalize(part.repeat(100_000)));
    }

    @Test
    void anEmptyTextStaysEmpty() {
        assertEquals("", MandarinNormalizer.normalize(""));
    }
}
