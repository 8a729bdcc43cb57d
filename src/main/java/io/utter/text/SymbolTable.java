package io.utter.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The phones a voice's networks know, in the order of their embedding rows: the id of a phone is its position.
 * Which table applies is a property of the checkpoint's generation, not of the language (spec/gpt-sovits.md, appendix B).
 */
public final class SymbolTable {
    private static final int V1_SIZE = 322;
    private static final String UNKNOWN = "UNK";
    private static final List<String> ALL = read("symbols.txt");

    /** 322 phones, the table of v1 voices: no Korean, no Cantonese, no Japanese accent marks. */
    public static final SymbolTable V1 = new SymbolTable("v1", ALL.subList(0, V1_SIZE));

    /** 732 phones, the table of v2 and every later generation. Its first 322 are {@link #V1}. */
    public static final SymbolTable V2 = new SymbolTable("v2", ALL);

    private final String name;
    private final List<String> symbols;
    private final Map<String, Integer> ids;

    private SymbolTable(String name, List<String> symbols) {
        this.name = name;
        this.symbols = List.copyOf(symbols);
        this.ids = HashMap.newHashMap(symbols.size());
        for (int id = 0; id < symbols.size(); id++) {
            ids.put(symbols.get(id), id);
        }
    }

    /** How many phones there are; ids run from 0 to one less. */
    public int size() {
        return symbols.size();
    }

    public boolean contains(String phone) {
        return ids.containsKey(phone);
    }

    /** The phone's id; that of {@code UNK} when the table does not know it. */
    public int id(String phone) {
        Integer id = ids.get(phone);
        return id != null ? id : ids.get(UNKNOWN);
    }

    /** @throws IndexOutOfBoundsException when there is no such id */
    public String phone(int id) {
        return symbols.get(id);
    }

    /** The phone itself when the table knows it, else {@code UNK}. */
    public String known(String phone) {
        return contains(phone) ? phone : UNKNOWN;
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<String> read(String resource) {
        try (InputStream in = SymbolTable.class.getResourceAsStream(resource)) {
            List<String> symbols = new ArrayList<>();
            new StringTokenizer(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .asIterator().forEachRemaining(symbol -> symbols.add((String) symbol));
            return symbols;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
