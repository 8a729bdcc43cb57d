package io.utter.text.mecab;

import java.nio.ByteBuffer;

/**
 * What it costs that one token follows another: MeCab's {@code matrix.bin}. The file (big-endian): two {@code short} sizes, then a
 * {@code short} for every pair, the right context of the token before running faster.
 */
final class Connections {
    private final ByteBuffer file;
    private final int rights;

    Connections(ByteBuffer file) {
        this.file = file.slice();
        this.rights = this.file.getShort(0) & 0xffff;
    }

    int cost(int rightOfBefore, int leftOfAfter) {
        return file.getShort(2 * Short.BYTES + (rightOfBefore + rights * leftOfAfter) * Short.BYTES);
    }
}
