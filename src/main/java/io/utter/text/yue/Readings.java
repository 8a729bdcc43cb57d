package io.utter.text.yue;

import io.utter.text.table.Resource;
import io.utter.text.table.Trie;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How characters are read in Jyutping, by the longest words of a table.
 *
 * <p>The file (big-endian): a {@link Trie} of the words; {@code int[keys + 1]} where each word's reading begins, and the end; the readings: for
 * each character its syllables, of which several are joined by {@code +}, and a space.
 */
final class Readings {
    private final ByteBuffer file = Resource.buffer(Readings.class, "words.bin");
    private final Trie words = new Trie(file);
    private final int offsets = words.bytes();
    private final int readings = offsets + (words.size() + 1) * Integer.BYTES;

    /**
     * A word of a text.
     *
     * @param syllables those of each character, several with a space between; empty for a character that no word has
     */
    record Read(String text, List<String> syllables) {}

    /** The words of the text, one after another; a character that begins none is a word of its own. */
    List<Read> of(String text) {
        List<Read> read = new ArrayList<>(text.length());
        for (int at = 0; at < text.length(); ) {
            int longest = Trie.NONE;
            int node = Trie.ROOT;
            for (int end = at; end < text.length(); end++) {
                node = words.child(node, text.charAt(end));
                if (node == Trie.NONE) {
                    break;
                }
                int word = words.key(node);
                longest = word == Trie.NONE ? longest : word;
            }
            List<String> syllables = longest == Trie.NONE ? List.of("") : reading(longest);
            read.add(new Read(text.substring(at, at + syllables.size()), syllables));
            at += syllables.size();
        }
        return read;
    }

    private List<String> reading(int word) {
        int start = file.getInt(offsets + word * Integer.BYTES);
        byte[] reading = new byte[file.getInt(offsets + (word + 1) * Integer.BYTES) - start];
        file.get(readings + start, reading);
        String[] syllables = new String(reading, StandardCharsets.US_ASCII).split(" ");
        for (int i = 0; i < syllables.length; i++) {
            syllables[i] = syllables[i].replace('+', ' ');
        }
        return List.of(syllables);
    }
}
