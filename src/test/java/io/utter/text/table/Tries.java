package io.utter.text.table;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Writes the format that {@link Trie} reads, as tools/text-data/trie.py does. */
public final class Tries {
    private Tries() {}

    /** The keys by their numbers: the nodes lie breadth first. */
    public static List<String> numbered(Collection<String> keys) {
        return keys.stream().distinct().sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())).toList();
    }

    public static byte[] bytes(Collection<String> keys) {
        List<String> nodes = nodes(keys);
        int words = (nodes.size() + Long.SIZE - 1) / Long.SIZE;
        long[] ends = new long[words];
        int[] endsBefore = new int[words];
        int found = 0;
        for (int node = 0; node < nodes.size(); node++) {
            if (node % Long.SIZE == 0) {
                endsBefore[node / Long.SIZE] = found;
            }
            if (keys.contains(nodes.get(node))) {
                ends[node / Long.SIZE] |= 1L << node;
                found++;
            }
        }
        ByteBuffer file = ByteBuffer.allocate(8 + (nodes.size() + 1) * Integer.BYTES + nodes.size() * Character.BYTES
                + words * (Long.BYTES + Integer.BYTES));
        file.putInt(nodes.size()).putInt(found);
        int child = 1;
        for (String node : nodes) {
            file.putInt(child);
            child += (int) nodes.stream().filter(other -> isChild(other, node)).count();
        }
        file.putInt(child);
        nodes.forEach(node -> file.putChar(node.isEmpty() ? 0 : node.charAt(node.length() - 1)));
        for (long bits : ends) {
            file.putLong(bits);
        }
        for (int before : endsBefore) {
            file.putInt(before);
        }
        return file.array();
    }

    /** Every beginning of a key. */
    private static List<String> nodes(Collection<String> keys) {
        TreeSet<String> beginnings = new TreeSet<>();
        beginnings.add("");
        keys.forEach(key -> {
            for (int end = 1; end <= key.length(); end++) {
                beginnings.add(key.substring(0, end));
            }
        });
        return new ArrayList<>(numbered(beginnings));
    }

    private static boolean isChild(String node, String parent) {
        return node.length() == parent.length() + 1 && node.startsWith(parent);
    }
}
