package io.utter.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A JSON object of figures; one that is not known is null. */
record JsonFigures(ObjectNode node) {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static JsonFigures empty() {
        return new JsonFigures(MAPPER.createObjectNode());
    }

    JsonFigures put(String member, String text) {
        node.put(member, text);
        return this;
    }

    JsonFigures put(String member, boolean value) {
        node.put(member, value);
        return this;
    }

    /** Whole numbers are written as such. */
    JsonFigures put(String member, double value) {
        if (!Double.isFinite(value)) {
            node.putNull(member);
        } else if (value == Math.rint(value)) {
            node.put(member, (long) value);
        } else {
            node.put(member, value);
        }
        return this;
    }

    JsonFigures put(String member, Map<String, Integer> counts) {
        node.set(member, MAPPER.valueToTree(counts));
        return this;
    }

    /** A new object at the end of an array. */
    JsonFigures in(String array) {
        return new JsonFigures(node.withArray(array).addObject());
    }

    void write(Path file) throws IOException {
        MAPPER.writeValue(file.toFile(), node);
    }
}
