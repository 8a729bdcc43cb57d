package io.utter.text.en;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.text.Golden;
import io.utter.text.table.KeyedTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Upstream's own tagger weights, which may be used for checking but not be shipped. */
final class ReferenceTagger {
    private ReferenceTagger() {}

    /** @param file gzipped JSON: {@code weights} (feature to tag to number), {@code tagdict} (word to tag), {@code classes} (tags) */
    static PerceptronTagger read(Path file) throws IOException {
        JsonNode model;
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            model = new ObjectMapper().readTree(in);
        }
        List<String> tags = Golden.strings(model.get("classes"));
        Map<String, byte[]> fixed = new HashMap<>();
        model.get("tagdict").properties().forEach(entry ->
                fixed.put(entry.getKey(), new byte[] {(byte) tags.indexOf(entry.getValue().asText())}));
        Map<String, byte[]> weights = new HashMap<>();
        model.get("weights").properties().forEach(entry -> weights.put(entry.getKey(), row(entry.getValue(), tags)));
        return new PerceptronTagger(tags, KeyedTables.of(fixed), KeyedTables.of(weights));
    }

    private static byte[] row(JsonNode byTag, List<String> tags) {
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        byTag.properties().forEach(entry -> {
            row.write(tags.indexOf(entry.getKey()));
            double weight = entry.getValue().asDouble();
            int thousandths = (int) Math.round(weight * 1000);
            if (thousandths / 1000.0 != weight) {
                throw new IllegalStateException("not in thousandths: " + weight);
            }
            int zigzag = (thousandths << 1) ^ (thousandths >> 31);
            while (zigzag > 0x7f) {
                row.write((zigzag & 0x7f) | 0x80);
                zigzag >>>= 7;
            }
            row.write(zigzag);
        });
        return row.toByteArray();
    }
}
