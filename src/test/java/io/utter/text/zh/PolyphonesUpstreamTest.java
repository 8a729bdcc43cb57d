package io.utter.text.zh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.utter.text.Pronunciation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * Phones of whole lines with g2pW, against upstream's way from the lists of characters to the phones ({@code tools/text-data/g2pw_phones.py}).
 * On both sides a rule stands for the network: of the labels that a character may have, that of the number position modulo count.
 */
class PolyphonesUpstreamTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/g2pw");

    private static float[] byPosition(long[] tokens, float[] masks, long[] characters, long[] positions) {
        float[] likely = new float[masks.length];
        int labels = masks.length / characters.length;
        for (int query = 0; query < characters.length; query++) {
            int row = query * labels;
            int[] allowed = IntStream.range(row, row + labels).filter(i -> masks[i] == 1).toArray();
            likely[allowed[(int) positions[query] % allowed.length]] = 1;
        }
        return likely;
    }

    @Test
    void phonesAreUpstreams() throws IOException {
        MandarinFrontEnd mandarin = MandarinFrontEnd.ofAllGenerations(
                Optional.of(() -> new Polyphones(FOLDER, PolyphonesUpstreamTest::byPosition))).getLast();
        List<String> lines = Files.readAllLines(FOLDER.resolve("phones.jsonl"));
        List<String> differing = new ArrayList<>();
        for (String line : lines) {
            JsonNode expected = new JsonMapper().readTree(line);
            Pronunciation said = mandarin.pronounce(expected.get("text").asText());
            List<String> phones = List.of(expected.get("phones").asText().split(" "));
            List<Integer> counts = StreamSupport.stream(expected.get("word2ph").spliterator(), false).map(JsonNode::asInt).toList();
            if (!phones.equals(said.phones()) || !counts.equals(said.phonesPerCharacter())) {
                differing.add(expected.get("text").asText() + "\n  " + phones + "\n  " + said.phones());
            }
        }
        assertEquals(List.of(), differing);
        assertTrue(lines.size() > 400, lines.size() + " lines");
    }
}
