package io.utter.text.yue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.text.Golden;
import io.utter.text.LanguageMode;
import io.utter.text.LanguageSegmentation;
import io.utter.text.SymbolTable;
import io.utter.text.TextFrontEnd;
import io.utter.text.Segment;
import io.utter.text.Sentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Cantonese, line by line: same normalised text, same phones, same counts as upstream. */
class CantoneseGoldenTest {
    private static final CantoneseFrontEnd CANTONESE = new CantoneseFrontEnd();
    private static final TextFrontEnd TEXT = new TextFrontEnd(List.of(CANTONESE), LanguageSegmentation.NAMED);

    @TestFactory
    Stream<DynamicTest> saysWhatUpstreamSays() throws IOException {
        return Golden.lines("yue.jsonl").stream().filter(line -> !line.has("error"))
                .filter(line -> line.get("segments").size() == 1 && line.get("segments").get(0).get("lang").asText().equals("yue"))
                .map(line -> DynamicTest.dynamicTest("“" + line.get("text").asText() + "”", () -> check(line)));
    }

    private static void check(JsonNode line) {
        // Upstream's segmentation has dropped some characters already.
        String text = line.get("segments").get(0).get("text").asText();
        boolean retried = line.path("retried").asBoolean();
        Sentence sentence = TEXT.sentence(retried ? text.substring(1) : text, LanguageMode.ALL_YUE, SymbolTable.V2);
        Segment segment = sentence.segments().getFirst();
        assertEquals(line.get("norm").asText(), segment.normalized());
        assertEquals(Golden.strings(line.get("phones")), segment.phones());
        assertEquals(StreamSupport.stream(line.get("word2ph").spliterator(), false).map(JsonNode::asInt).toList(), segment.phonesPerCharacter());
    }

    @Test
    void aSyllableIsSpelledInJyutping() {
        assertEquals(Optional.of(List.of("Yh", "Yong4")), CANTONESE.syllable("hong4"));
        assertEquals(Optional.empty(), CANTONESE.syllable("xyz1"));
        assertEquals(Optional.empty(), CANTONESE.syllable("hong7"));
    }

    @Property
    void anyTextIsSaid(@ForAll String text) {
        assertTrue(CANTONESE.pronounce(text).phones().size() <= 2 * CANTONESE.pronounce(text).normalized().length());
    }
}
