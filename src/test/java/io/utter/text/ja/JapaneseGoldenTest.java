package io.utter.text.ja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.text.Golden;
import io.utter.text.Pronunciation;
import io.utter.text.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Japanese, segment by segment: same normalised text, same phones as upstream. */
class JapaneseGoldenTest {
    private static final JapaneseFrontEnd JAPANESE = new JapaneseFrontEnd();

    private record Segment(String text, String normalized, List<String> phones) {}

    @TestFactory
    Stream<DynamicTest> saysWhatUpstreamSays() throws IOException {
        return Stream.concat(Golden.lines("ja.jsonl").stream(), Golden.lines("mixed.jsonl").stream())
                .flatMap(line -> japanese(line).stream())
                .map(segment -> DynamicTest.dynamicTest("“" + segment.text + "”", () -> check(segment)));
    }

    private static void check(Segment segment) {
        Pronunciation said = JAPANESE.pronounce(segment.text);
        assertEquals(segment.normalized, said.normalized());
        assertEquals(segment.phones, said.phones().stream().map(SymbolTable.V2::known).toList());
    }

    /** What the line gave to the Japanese front end: segments say how many of the line's phones are theirs, unless there is only one. */
    private static List<Segment> japanese(JsonNode line) {
        if (line.has("error")) {
            return List.of();
        }
        List<String> phones = Golden.strings(line.get("phones"));
        List<Segment> japanese = new ArrayList<>();
        int start = 0;
        for (JsonNode segment : StreamSupport.stream(line.get("segments").spliterator(), false).toList()) {
            int end = segment.has("count") ? start + segment.get("count").asInt() : phones.size();
            if (segment.get("lang").asText().equals("ja")) {
                String normalized = segment.has("norm") ? segment.get("norm").asText() : line.get("norm").asText();
                japanese.add(new Segment(segment.get("text").asText(), normalized, phones.subList(start, end)));
            }
            start = end;
        }
        return japanese;
    }
}
