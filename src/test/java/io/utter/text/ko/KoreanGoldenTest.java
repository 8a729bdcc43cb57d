package io.utter.text.ko;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.text.Golden;
import io.utter.text.LanguageMode;
import io.utter.text.LanguageSegmentation;
import io.utter.text.Sentence;
import io.utter.text.SymbolTable;
import io.utter.text.TextFrontEnd;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Korean, line by line: same normalised text, same phones, same ids as upstream. */
class KoreanGoldenTest {
    private static final TextFrontEnd TEXT = new TextFrontEnd(List.of(new KoreanFrontEnd()), LanguageSegmentation.NAMED);

    @TestFactory
    Stream<DynamicTest> saysWhatUpstreamSays() throws IOException {
        return Golden.lines("ko.jsonl").stream()
                .filter(line -> line.path("unverified").asText("").isEmpty())
                .filter(line -> line.get("segments").size() == 1 && line.get("segments").get(0).get("lang").asText().equals("ko"))
                .map(line -> DynamicTest.dynamicTest("“" + line.get("text").asText() + "”", () -> check(line)));
    }

    private static void check(JsonNode line) {
        // Upstream's segmentation has dropped some white space already.
        String text = line.get("segments").get(0).get("text").asText();
        Sentence sentence = TEXT.sentence(line.path("retried").asBoolean() ? text.substring(1) : text, LanguageMode.ALL_KO, SymbolTable.V2);
        assertEquals(line.get("norm").asText(), sentence.normalized());
        assertEquals(Golden.strings(line.get("phones")), sentence.phones());
        int[] ids = StreamSupport.stream(line.get("ids").spliterator(), false).mapToInt(JsonNode::asInt).toArray();
        assertArrayEquals(ids, sentence.phoneIds());
    }
}
