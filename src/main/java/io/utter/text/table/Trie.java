package io.utter.text.table;

import java.nio.ByteBuffer;

/**
 * A set of strings that is walked character by character: finds every key a text starts with in one pass. Keys are numbered from 0, so
 * that what belongs to a key can lie in arrays. Searched in the very bytes of its file: nothing is built when it is opened. Thread-safe.
 *
 * <p>A character is a UTF-16 unit. The nodes lie breadth first, the children of a node side by side in the order of their characters;
 * node 0 is the root. The file (big-endian): {@code int} number of nodes n, {@code int} number of keys; {@code int[n + 1]} first child of
 * every node and where the last one's end; {@code char[n]} the character that leads to a node; {@code long[(n + 63) / 64]} whether a key
 * ends there, lowest bit first; {@code int[(n + 63) / 64]} how many keys end before each of these. A key's number counts the keys that end at
 * nodes before its own.
 */
public final class Trie {
    /** No node, or no key. */
    public static final int NONE = -1;

    public static final int ROOT = 0;

    private final ByteBuffer file;
    private final int keys;
    private final int firstChildren;
    private final int characters;
    private final int ends;
    private final int endsBefore;
    private final int end;

    /** @param file starts at the buffer's position; the rest of the buffer may hold other things */
    public Trie(ByteBuffer file) {
        this.file = file.slice();
        int nodes = this.file.getInt(0);
        this.keys = this.file.getInt(4);
        int words = (nodes + Long.SIZE - 1) / Long.SIZE;
        this.firstChildren = 8;
        this.characters = firstChildren + (nodes + 1) * Integer.BYTES;
        this.ends = characters + nodes * Character.BYTES;
        this.endsBefore = ends + words * Long.BYTES;
        this.end = endsBefore + words * Integer.BYTES;
    }

    /** How many keys there are. */
    public int size() {
        return keys;
    }

    /** How many bytes the file takes: what follows it in the buffer begins there. */
    public int bytes() {
        return end;
    }

    /** The node one character further, or {@link #NONE}. */
    public int child(int node, char character) {
        int low = file.getInt(firstChildren + node * Integer.BYTES);
        int high = file.getInt(firstChildren + (node + 1) * Integer.BYTES) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            char found = file.getChar(characters + middle * Character.BYTES);
            if (found < character) {
                low = middle + 1;
            } else if (found > character) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return NONE;
    }

    /** The number of the key that ends at the node, or {@link #NONE}. */
    public int key(int node) {
        int word = node / Long.SIZE;
        long bits = file.getLong(ends + word * Long.BYTES);
        long bit = 1L << node;
        if ((bits & bit) == 0) {
            return NONE;
        }
        return file.getInt(endsBefore + word * Integer.BYTES) + Long.bitCount(bits & (bit - 1));
    }

    /** The number of a key, or {@link #NONE}. */
    public int find(CharSequence key) {
        int node = ROOT;
        for (int i = 0; i < key.length() && node != NONE; i++) {
            node = child(node, key.charAt(i));
        }
        return node == NONE ? NONE : key(node);
    }
}
