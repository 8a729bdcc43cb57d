package io.utter.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    @Test
    void holdsTheSymbolsOfEachGeneration() {
        assertEquals(322, SymbolTable.V1.size());
        assertEquals(732, SymbolTable.V2.size());
    }

    /** Positions from spec/gpt-sovits.md, appendix B. */
    @Test
    void givesAPhoneItsEmbeddingRow() {
        assertEquals(0, SymbolTable.V2.id("!"));
        assertEquals(86, SymbolTable.V2.id("UNK"));
        assertEquals(95, SymbolTable.V2.id("_"));
        assertEquals(321, SymbolTable.V2.id("…"));
        assertEquals(322, SymbolTable.V2.id("["));
        assertEquals(324, SymbolTable.V2.id("ㄱ"));
        assertEquals(353, SymbolTable.V2.id("Ya"));
        assertEquals(731, SymbolTable.V2.id("Yz"));
    }

    @Test
    void phonesAndIdsAreTheSameThing() {
        IntStream.range(0, SymbolTable.V2.size()).forEach(id -> assertEquals(id, SymbolTable.V2.id(SymbolTable.V2.phone(id))));
    }

    @Test
    void anUnknownPhoneIsTheUnknownSymbol() {
        assertEquals(SymbolTable.V1.id("UNK"), SymbolTable.V1.id("Yz"));
        assertEquals("UNK", SymbolTable.V1.known("Yz"));
        assertFalse(SymbolTable.V1.contains("["));
    }
}
