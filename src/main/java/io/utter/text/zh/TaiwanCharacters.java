package io.utter.text.zh;

import io.utter.text.table.Resource;
import java.util.HashMap;
import java.util.Map;

/**
 * Simplified characters to those of Taiwan as OpenCC's {@code s2tw} does it: by the longest phrases, else one by one. The length stays. Read when
 * g2pW is used, which reads nothing else.
 */
final class TaiwanCharacters {
    private final Map<String, String> table = new HashMap<>();
    private final int longest;

    TaiwanCharacters() {
        int most = 1;
        for (String line : Resource.lines(TaiwanCharacters.class, "taiwan.txt")) {
            int tab = line.indexOf('\t');
            String key = tab < 0 ? line : line.substring(0, tab);
            table.put(key, tab < 0 ? key : line.substring(tab + 1));
            most = Math.max(most, key.length());
        }
        longest = most;
    }

    String convert(String text) {
        StringBuilder converted = new StringBuilder(text.length());
        while (converted.length() < text.length()) {
            int at = converted.length();
            String found = null;
            for (int end = Math.min(text.length(), at + longest); end > at && found == null; end--) {
                found = table.get(text.substring(at, end));
            }
            converted.append(found == null ? text.substring(at, at + 1) : found);
        }
        return converted.toString();
    }
}
