package io.utter.text.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A sorted table from strings to a few bytes each, searched in the very bytes of its file: nothing is built when it is opened.
 * Thread-safe.
 *
 * <p>The file: {@code int} number of blocks, {@code int} offset of every block (from the start of the file), then the blocks; integers
 * are big-endian. A block holds up to sixteen entries in the order of their UTF-8 bytes: the number of bytes the key shares with the
 * key before it (0 for a block's first), the number of further bytes, these, the number of value bytes, these; each number is one byte.
 */
public final class KeyedTable {
    private final byte[] file;
    private final int[] blocks;

    public KeyedTable(byte[] file) {
        this.file = file;
        ByteBuffer header = ByteBuffer.wrap(file);
        this.blocks = new int[header.getInt()];
        header.asIntBuffer().get(blocks);
    }

    /** The value of a key, possibly of no bytes; empty when the table does not hold the key. */
    public Optional<byte[]> find(String key) {
        byte[] wanted = key.getBytes(StandardCharsets.UTF_8);
        int block = lastBlockNotAfter(wanted);
        return block < 0 ? Optional.empty() : scan(block, wanted);
    }

    public boolean contains(String key) {
        return find(key).isPresent();
    }

    private int lastBlockNotAfter(byte[] wanted) {
        int low = 0;
        int high = blocks.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int first = blocks[middle] + 1;
            int length = file[first] & 0xff;
            int order = Arrays.compareUnsigned(file, first + 1, first + 1 + length, wanted, 0, wanted.length);
            if (order <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private Optional<byte[]> scan(int block, byte[] wanted) {
        int end = block + 1 < blocks.length ? blocks[block + 1] : file.length;
        int matched = 0; // bytes of the wanted key that the entry before agreed with
        for (int at = blocks[block]; at < end; ) {
            int shared = file[at] & 0xff;
            int length = file[at + 1] & 0xff;
            int suffix = at + 2;
            int value = suffix + length + 1;
            int valueLength = file[value - 1] & 0xff;
            if (shared < matched) {
                return Optional.empty(); // the keys have passed the wanted one
            }
            if (shared == matched) {
                int agreed = Math.max(0, mismatch(suffix, length, wanted, matched));
                matched += agreed;
                if (agreed == length && matched == wanted.length) {
                    return Optional.of(Arrays.copyOfRange(file, value, value + valueLength));
                }
            }
            at = value + valueLength;
        }
        return Optional.empty();
    }

    /** How many bytes of the suffix agree with the wanted key from that byte on. */
    private int mismatch(int suffix, int length, byte[] wanted, int from) {
        int difference = Arrays.mismatch(file, suffix, suffix + length, wanted, from, wanted.length);
        return difference < 0 ? length : difference;
    }
}
