package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All languages together, line by line: what upstream says to a whole text, its languages found out. */
class MixedGoldenTest {
    private static final TextFrontEnd TEXT = EveryLanguage.text();

    /** Upstream's answer depends on the order of a Python set. */
    private static final Set<String> SET_ORDER = Set.of("3시 13시 23시에 알람이 울린다.");

    @TestFactory
    Stream<DynamicTest> saysWhatUpstreamSays() throws IOException {
        return Golden.linesOf("zh.jsonl", "ja.jsonl", "ko.jsonl", "yue.jsonl", "mixed.jsonl").stream()
                .filter(line -> !line.has("error") && !line.has("wordsegment") && !SET_ORDER.contains(line.get("text").asText()))
                .map(line -> DynamicTest.dynamicTest(line.get("lang").asText() + " “" + line.get("text").asText() + "”", () -> check(line)));
    }

    private static void check(JsonNode line) {
        Sentence sentence = TEXT.sentence(line.get("text").asText(), LanguageMode.parse(line.get("lang").asText()), SymbolTable.V2);
        assertEquals(line.get("norm").asText(), sentence.normalized());
        assertEquals(Golden.strings(line.get("phones")), sentence.phones());
        assertArrayEquals(StreamSupport.stream(line.get("ids").spliterator(), false).mapToInt(JsonNode::asInt).toArray(), sentence.phoneIds());
        if (line.get("word2ph").isArray()) {
            assertEquals(StreamSupport.stream(line.get("word2ph").spliterator(), false).map(JsonNode::asInt).toList(),
                    sentence.segments().stream().flatMap(segment -> segment.phonesPerCharacter().stream()).toList());
        }
    }
}
