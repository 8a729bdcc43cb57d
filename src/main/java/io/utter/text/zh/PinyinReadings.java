package io.utter.text.zh;

import io.utter.text.table.Resource;
import io.utter.text.table.Trie;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Characters to pinyin as pypinyin's {@code lazy_pinyin} reads them: by the longest phrases, else by each character's first reading.
 *
 * <p>The file (big-endian): a {@link Trie} of the phrases; {@code int[keys + 1]} where each one's syllables begin, and the end;
 * {@code short[]} the syllables, one for each character, as line numbers of {@code syllables.txt}; {@code short[]} those of the characters from
 * 一 to 龥, {@code 0xffff} where there is none.
 */
final class PinyinReadings {
    private static final int NO_READING = 0xffff;

    private final List<Syllable> syllables = Resource.lines(PinyinReadings.class, "syllables.txt").stream().map(Syllable::of).toList();
    private final ByteBuffer file = Resource.buffer(PinyinReadings.class, "readings.bin");
    private final Trie phrases = new Trie(file);
    private final int offsets = phrases.bytes();
    private final int values = offsets + (phrases.size() + 1) * Integer.BYTES;
    private final int characters = values + file.getInt(offsets + phrases.size() * Integer.BYTES) * Short.BYTES;

    /** A syllable for each character; marks are themselves, and so are characters without a reading. */
    List<Syllable> of(String text) {
        List<Syllable> read = new ArrayList<>(text.length());
        for (int at = 0; at < text.length(); at = read.size()) {
            if (!isChinese(text.charAt(at))) {
                read.add(Syllable.mark(text.substring(at, at + 1)));
                continue;
            }
            int end = at;
            while (end < text.length() && isChinese(text.charAt(end))) {
                end++;
            }
            readRun(text, at, end, read);
        }
        return read;
    }

    /** Where what is left is but the beginning of a phrase, pypinyin reads all of it character by character. */
    private void readRun(String text, int start, int end, List<Syllable> read) {
        boolean single = false;
        for (int at = start; at < end; ) {
            int node = Trie.ROOT;
            int phrase = Trie.NONE;
            int last = at;
            for (int to = at; to < end && !single; to++) {
                node = phrases.child(node, text.charAt(to));
                if (node == Trie.NONE) {
                    break;
                }
                int key = phrases.key(node);
                if (key != Trie.NONE) {
                    phrase = key;
                    last = to + 1;
                }
            }
            single |= phrase == Trie.NONE && node != Trie.NONE;
            if (phrase == Trie.NONE) {
                read.add(single(text.charAt(at)));
                at++;
            } else {
                int first = file.getInt(offsets + phrase * Integer.BYTES);
                for (; at < last; at++) {
                    read.add(syllables.get(file.getShort(values + first++ * Short.BYTES) & 0xffff));
                }
            }
        }
    }

    /** A phrase of one character goes before the table of characters. */
    private Syllable single(char character) {
        int node = phrases.child(Trie.ROOT, character);
        int phrase = node == Trie.NONE ? Trie.NONE : phrases.key(node);
        int number = phrase != Trie.NONE ? file.getShort(values + file.getInt(offsets + phrase * Integer.BYTES) * Short.BYTES) & 0xffff
                : file.getShort(characters + (character - MandarinNormalizer.FIRST_CHARACTER) * Short.BYTES) & 0xffff;
        return number == NO_READING ? Syllable.mark(Character.toString(character)) : syllables.get(number);
    }

    private static boolean isChinese(char character) {
        return character >= MandarinNormalizer.FIRST_CHARACTER && character <= MandarinNormalizer.LAST_CHARACTER;
    }
}
