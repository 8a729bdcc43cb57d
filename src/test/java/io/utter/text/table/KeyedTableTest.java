package io.utter.text.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyedTableTest {
    @Property(tries = 300)
    void findsWhatIsThereAndNothingElse(@ForAll("tables") Map<String, byte[]> entries, @ForAll("keys") String other) {
        KeyedTable table = KeyedTables.of(entries);
        entries.forEach((key, value) -> assertArrayEquals(value, table.find(key).orElseThrow(), key));
        assertEquals(entries.containsKey(other), table.contains(other), other);
    }

    /** Few letters, so that keys share beginnings and fill several blocks. */
    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("abé你").ofMaxLength(6);
    }

    @Provide
    Arbitrary<Map<String, byte[]>> tables() {
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(5);
        return Arbitraries.maps(keys(), values).ofMaxSize(200).map(TreeMap::new);
    }
}
