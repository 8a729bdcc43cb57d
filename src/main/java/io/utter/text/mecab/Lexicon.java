package io.utter.text.mecab;

import io.utter.text.table.Trie;
import java.nio.ByteBuffer;

/**
 * Words of a MeCab dictionary, each with its tokens: the ways it can be read. Searched in the very bytes of its file. Thread-safe.
 *
 * <p>The file (big-endian): a {@link Trie} of the words; {@code int} number of tokens t; {@code int[keys + 1]} first token of every word
 * and t; {@code int[t]} where a token's features lie in the pool; {@code short[t]} left context ids; {@code short[t]} right context ids;
 * {@code short[t]} costs; {@code short[t]} what the token costs in addition when a space stands before it; the pool: features, each with
 * its number of bytes in front (7 bits a byte, lowest first).
 */
final class Lexicon {
    private final ByteBuffer file;
    private final Trie words;
    private final int firstTokens;
    private final int features;
    private final int lefts;
    private final int rights;
    private final int costs;
    private final int spacePenalties;
    private final int pool;

    Lexicon(ByteBuffer file) {
        this.file = file.slice();
        this.words = new Trie(this.file);
        int tokens = this.file.getInt(words.bytes());
        this.firstTokens = words.bytes() + Integer.BYTES;
        this.features = firstTokens + (words.size() + 1) * Integer.BYTES;
        this.lefts = features + tokens * Integer.BYTES;
        this.rights = lefts + tokens * Short.BYTES;
        this.costs = rights + tokens * Short.BYTES;
        this.spacePenalties = costs + tokens * Short.BYTES;
        this.pool = spacePenalties + tokens * Short.BYTES;
    }

    Trie words() {
        return words;
    }

    /** The first token of a word; those of the word run up to the first of the next. */
    int firstToken(int word) {
        return file.getInt(firstTokens + word * Integer.BYTES);
    }

    int left(int token) {
        return file.getShort(lefts + token * Short.BYTES) & 0xffff;
    }

    int right(int token) {
        return file.getShort(rights + token * Short.BYTES) & 0xffff;
    }

    int cost(int token) {
        return file.getShort(costs + token * Short.BYTES);
    }

    int spacePenalty(int token) {
        return file.getShort(spacePenalties + token * Short.BYTES);
    }

    byte[] features(int token) {
        int at = pool + file.getInt(features + token * Integer.BYTES);
        int length = 0;
        int shift = 0;
        byte piece;
        do {
            piece = file.get(at++);
            length |= (piece & 0x7f) << shift;
            shift += 7;
        } while (piece < 0);
        byte[] bytes = new byte[length];
        file.get(at, bytes);
        return bytes;
    }
}
