package io.utter.text.zh;

import io.utter.text.table.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Words, and a few characters, whose reading upstream knows better than g2pW. */
final class PolyphoneWords {
    private final Map<String, String> words = new HashMap<>();

    PolyphoneWords() {
        for (String line : Resource.lines(PolyphoneWords.class, "polyphones.txt")) {
            int tab = line.indexOf('\t');
            words.put(line.substring(0, tab), line.substring(tab + 1));
        }
    }

    /** The syllables of a word, which has been read as these. */
    List<Syllable> corrected(String word, List<Syllable> read) {
        String known = words.get(word);
        if (known != null) {
            return syllables(known);
        }
        List<Syllable> corrected = new ArrayList<>(read);
        for (int i = 0; i < word.length(); i++) {
            String single = words.get(word.substring(i, i + 1));
            if (single != null) {
                corrected.set(i, syllables(single).getFirst());
            }
        }
        return corrected;
    }

    private static List<Syllable> syllables(String spelled) {
        return Stream.of(spelled.split(" ")).map(Syllable::of).toList();
    }
}
