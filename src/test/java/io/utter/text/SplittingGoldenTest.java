package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.error.UtterException.InvalidInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Upstream's six ways of cutting, line by line. */
class SplittingGoldenTest {
    @TestFactory
    Stream<DynamicTest> cutsAsUpstreamDoes() throws IOException {
        List<JsonNode> lines = Golden.lines("splitting.jsonl");
        assertFalse(lines.isEmpty());
        return lines.stream().map(line -> DynamicTest.dynamicTest(name(line), () -> check(line)));
    }

    private static void check(JsonNode line) {
        CutMethod method = CutMethod.valueOf(line.get("method").asText().toUpperCase(Locale.ROOT));
        Language language = line.get("lang").asText().equals("en") ? Language.ENGLISH : Language.MANDARIN;
        String text = line.get("text").asText();
        if (line.has("cut_error")) {
            assertThrows(InvalidInput.class, () -> method.cut(text));
        } else {
            assertEquals(line.get("cut").asText(), method.cut(text));
        }
        String collapsed = Marks.collapseRuns(text);
        assertEquals(line.get("collapsed").asText(), collapsed);
        assertEquals(expected(line, "pieces"), pieces(method, text, language));
        assertEquals(expected(line, "collapsed_pieces"), pieces(method, collapsed, language));
    }

    /** Upstream raises an error where nothing is left in some cases, and returns no pieces in others; here there are no pieces. */
    private static List<String> expected(JsonNode line, String key) {
        return line.has(key + "_error") ? List.of() : Golden.strings(line.get(key));
    }

    private static List<String> pieces(CutMethod method, String text, Language language) {
        List<String> pieces = new ArrayList<>();
        method.pieces(text, language).forEachRemaining(pieces::add);
        return pieces;
    }

    private static String name(JsonNode line) {
        String text = line.get("text").asText();
        return line.get("method").asText() + " " + line.get("lang").asText() + ": " + text.substring(0, Math.min(40, text.length()));
    }
}
