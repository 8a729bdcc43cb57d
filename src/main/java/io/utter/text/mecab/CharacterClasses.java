package io.utter.text.mecab;

import java.nio.ByteBuffer;

/**
 * Which characters go together in words the dictionary does not know, and how such words are read: MeCab's {@code char.bin} and
 * {@code unk.dic}.
 *
 * <p>The file (big-endian): {@code int} number of classes; {@code int[classes]} each class's word in the lexicon below; {@code int[65536]} a
 * description for every character of the basic plane, bits from the lowest: 18 the classes it belongs to, 8 the class that gives its unknown
 * words, 4 how long these are at most, 1 whether a whole run becomes a word, 1 whether unknown words are tried beside known ones; a
 * {@link Lexicon} with a word per class.
 */
final class CharacterClasses {
    private final ByteBuffer file;
    private final int descriptions;
    private final Lexicon unknown;

    CharacterClasses(ByteBuffer file) {
        this.file = file.slice();
        int classes = this.file.getInt(0);
        this.descriptions = (1 + classes) * Integer.BYTES;
        this.unknown = new Lexicon(this.file.slice(descriptions + (1 << Character.SIZE) * Integer.BYTES,
                this.file.capacity() - descriptions - (1 << Character.SIZE) * Integer.BYTES));
    }

    /** The description of a code point. MeCab takes everything beyond the basic plane for the character 0. */
    int describe(int point) {
        return file.getInt(descriptions + (point <= Character.MAX_VALUE ? point : 0) * Integer.BYTES);
    }

    static boolean related(int description, int other) {
        return (description & other & 0x3ffff) != 0;
    }

    static int longest(int description) {
        return description >>> 26 & 0xf;
    }

    static boolean groups(int description) {
        return (description >>> 30 & 1) != 0;
    }

    static boolean alwaysTried(int description) {
        return description >>> 31 != 0;
    }

    /** The word of {@link #unknown()} whose tokens are the readings of unknown words that begin with such a character. */
    int unknownWord(int description) {
        return file.getInt((1 + (description >>> 18 & 0xff)) * Integer.BYTES);
    }

    Lexicon unknown() {
        return unknown;
    }
}
