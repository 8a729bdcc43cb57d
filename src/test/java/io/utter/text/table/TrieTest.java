package io.utter.text.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TrieTest {
    private static Trie of(Set<String> keys) {
        return new Trie(ByteBuffer.wrap(Tries.bytes(keys)));
    }

    @Property(tries = 300)
    void everyKeyHasItsNumberAndNothingElseHasOne(@ForAll("keySets") Set<String> keys, @ForAll("keys") String other) {
        Trie trie = of(keys);
        List<String> numbered = Tries.numbered(keys);
        assertEquals(numbered.size(), trie.size());
        for (int number = 0; number < numbered.size(); number++) {
            assertEquals(number, trie.find(numbered.get(number)));
        }
        assertEquals(numbered.indexOf(other), trie.find(other));
    }

    @Property(tries = 300)
    void aWalkMeetsEveryKeyThatATextStartsWith(@ForAll("keySets") Set<String> keys, @ForAll("keys") String text) {
        Trie trie = of(keys);
        List<String> numbered = Tries.numbered(keys);
        int node = Trie.ROOT;
        for (int end = 1; end <= text.length(); end++) {
            String start = text.substring(0, end);
            node = trie.child(node, text.charAt(end - 1));
            if (node == Trie.NONE) {
                assertEquals(0, keys.stream().filter(key -> key.startsWith(start)).count());
                return;
            }
            assertEquals(numbered.indexOf(start), trie.key(node));
        }
    }

    @Test
    void nothingIsFoundInAnEmptyOne() {
        Trie trie = of(Set.of());
        assertEquals(Trie.NONE, trie.find(""));
        assertEquals(Trie.NONE, trie.child(Trie.ROOT, 'a'));
    }

    @Test
    void whatFollowsItInTheFileBeginsWhereItSays() {
        byte[] trie = Tries.bytes(Set.of("a", "ab", "\uffff"));
        ByteBuffer file = ByteBuffer.allocate(3 + trie.length + 1).position(3).put(trie).put((byte) 42).position(3);
        Trie read = new Trie(file);
        assertEquals(2, read.find("ab"));
        assertEquals(1, read.find("\uffff"));
        assertEquals(42, file.get(3 + read.bytes()));
    }

    /** Few letters, so that keys share beginnings. */
    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("ab你\uffff").ofMaxLength(5);
    }

    @Provide
    Arbitrary<Set<String>> keySets() {
        return keys().set().ofMaxSize(120);
    }
}
