package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Lines written by upstream's own code; where they come from is in the README beside them. */
public final class Golden {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    public static List<JsonNode> lines(String file) throws IOException {
        Path directory = Path.of(System.getProperty("utter.golden.text", "src/test/resources/golden/text-frontend"));
        try (var lines = Files.lines(directory.resolve(file))) {
            return lines.map(Golden::parse).toList();
        }
    }

    /** The lines of several files, none of which is empty. */
    public static List<JsonNode> linesOf(String... files) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String file : files) {
            List<JsonNode> lines = lines(file);
            assertFalse(lines.isEmpty(), file);
            all.addAll(lines);
        }
        return all;
    }

    /** The texts of a JSON array. */
    public static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + line, e);
        }
    }
}
