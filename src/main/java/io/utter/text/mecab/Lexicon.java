package io.utter.text.mecab;

import io.utter.text.table.Trie;
import java.nio.ByteBuffer;

/**
 * Words of a MeCab dictionary, each with its tokens: the ways it can be read. Searched in the very bytes of its file. Thread-safe.
 *
 * <p>The file (big-endian): a {@link Trie} of w words; {@code int} number of tokens t; for every sixteenth word its first token,
 * {@code int[(w + 15) / 16]}, and where the features of that token lie in the pool, {@code int[(w + 15) / 16]}; {@code byte[w]} number of
 * tokens of every word; {@code char[t]} kinds (see {@link Connections}); {@code short[t]} costs; the pool: features of every token in
 * order, each with its number of bytes in front (7 bits a byte, lowest first).
 */
final class Lexicon {
    private static final int WORDS_PER_BLOCK = 16;

    private final ByteBuffer file;
    private final Trie words;
    private final int blockTokens;
    private final int blockFeatures;
    private final int tokenCounts;
    private final int kinds;
    private final int costs;
    private final int pool;

    Lexicon(ByteBuffer file) {
        this.file = file.slice();
        this.words = new Trie(this.file);
        int tokens = this.file.getInt(words.bytes());
        int blocks = (words.size() + WORDS_PER_BLOCK - 1) / WORDS_PER_BLOCK;
        this.blockTokens = words.bytes() + Integer.BYTES;
        this.blockFeatures = blockTokens + blocks * Integer.BYTES;
        this.tokenCounts = blockFeatures + blocks * Integer.BYTES;
        this.kinds = tokenCounts + words.size();
        this.costs = kinds + tokens * Character.BYTES;
        this.pool = costs + tokens * Short.BYTES;
    }

    Trie words() {
        return words;
    }

    /** The first token of a word; the others follow it. */
    int firstToken(int word) {
        int block = word / WORDS_PER_BLOCK;
        int token = file.getInt(blockTokens + block * Integer.BYTES);
        for (int before = block * WORDS_PER_BLOCK; before < word; before++) {
            token += tokens(before);
        }
        return token;
    }

    /** How many tokens a word has. */
    int tokens(int word) {
        return file.get(tokenCounts + word) & 0xff;
    }

    int kind(int token) {
        return file.getChar(kinds + token * Character.BYTES);
    }

    int cost(int token) {
        return file.getShort(costs + token * Short.BYTES);
    }

    /** The features of one of a word's tokens. */
    byte[] features(int word, int token) {
        int block = word / WORDS_PER_BLOCK;
        int at = pool + file.getInt(blockFeatures + block * Integer.BYTES);
        for (int skipped = file.getInt(blockTokens + block * Integer.BYTES); ; skipped++) {
            int length = 0;
            int shift = 0;
            byte piece;
            do {
                piece = file.get(at++);
                length |= (piece & 0x7f) << shift;
                shift += 7;
            } while (piece < 0);
            if (skipped == token) {
                byte[] bytes = new byte[length];
                file.get(at, bytes);
                return bytes;
            }
            at += length;
        }
    }
}
