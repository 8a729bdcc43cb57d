package io.utter.text.mecab;

import java.nio.ByteBuffer;

/**
 * What it costs that one token follows another, MeCab's {@code matrix.bin}, and the kinds of tokens: those of one kind connect alike.
 * Kind 0 stands for the start and the end of a text.
 *
 * <p>The file (big-endian): {@code int} number of kinds k; {@code char[k]} what a kind is to the token before it (MeCab's left context
 * id); {@code char[k]} what it is to the token after it (right context id); {@code short[k]} what a token of the kind costs in addition
 * when a space stands before it; {@code char} number of right contexts, {@code char} number of left ones; a {@code short} for every pair,
 * the right context of the token before running faster.
 */
final class Connections {
    static final int BOUNDARY = 0;

    private final ByteBuffer file;
    private final char[] lefts;
    private final char[] rights;
    private final short[] spacePenalties;
    private final int rightContexts;
    private final int costs;

    Connections(ByteBuffer file) {
        this.file = file.slice();
        int kinds = this.file.getInt(0);
        this.lefts = new char[kinds];
        this.rights = new char[kinds];
        this.spacePenalties = new short[kinds];
        int at = Integer.BYTES;
        this.file.slice(at, kinds * Character.BYTES).asCharBuffer().get(lefts);
        at += kinds * Character.BYTES;
        this.file.slice(at, kinds * Character.BYTES).asCharBuffer().get(rights);
        at += kinds * Character.BYTES;
        this.file.slice(at, kinds * Short.BYTES).asShortBuffer().get(spacePenalties);
        at += kinds * Short.BYTES;
        this.rightContexts = this.file.getChar(at);
        this.costs = at + 2 * Character.BYTES;
    }

    int left(int kind) {
        return lefts[kind];
    }

    int right(int kind) {
        return rights[kind];
    }

    int spacePenalty(int kind) {
        return spacePenalties[kind];
    }

    int cost(int rightOfBefore, int leftOfAfter) {
        return file.getShort(costs + (rightOfBefore + rightContexts * leftOfAfter) * Short.BYTES);
    }
}
