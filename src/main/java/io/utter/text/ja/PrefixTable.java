package io.utter.text.ja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows looked up by what a text goes on with; where several fit, the first of the table. Thread-safe. */
final class PrefixTable {
    private final Map<Character, List<List<String>>> rowsByFirstCharacter = new HashMap<>();

    /** @param rows by the text that must follow, in their order */
    PrefixTable(Map<String, List<String>> rows) {
        rows.forEach((prefix, row) -> {
            if (!prefix.isEmpty()) {
                rowsByFirstCharacter.computeIfAbsent(prefix.charAt(0), first -> new ArrayList<>()).add(row);
            }
        });
    }

    Optional<List<String>> find(String text, int at) {
        for (List<String> row : rowsByFirstCharacter.getOrDefault(text.charAt(at), List.of())) {
            if (text.startsWith(row.getFirst(), at)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }
}
