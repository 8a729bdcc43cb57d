package io.utter.text.zh;

import io.utter.text.table.Later;
import io.utter.text.table.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Traditional characters and the simplified ones for them, one for one. Thread-safe. */
final class SimplifiedCharacters {
    private static final Supplier<SimplifiedCharacters> LOADED = new Later<>(SimplifiedCharacters::load);

    private final char[] traditional;
    private final char[] simplified;

    private SimplifiedCharacters(char[] traditional, char[] simplified) {
        this.traditional = traditional;
        this.simplified = simplified;
    }

    static SimplifiedCharacters table() {
        return LOADED.get();
    }

    char simplify(char character) {
        int at = Arrays.binarySearch(traditional, character);
        return at < 0 ? character : simplified[at];
    }

    /** The file's first line holds the traditional characters in order, the second the simplified ones. */
    private static SimplifiedCharacters load() {
        List<String> lines = Resource.lines(SimplifiedCharacters.class, "simplified.txt");
        return new SimplifiedCharacters(lines.get(0).toCharArray(), lines.get(1).toCharArray());
    }
}
