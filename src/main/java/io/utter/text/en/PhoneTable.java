package io.utter.text.en;

import io.utter.text.SymbolTable;
import io.utter.text.table.KeyedTable;
import io.utter.text.table.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A dictionary: words in lower case to their phones, which are stored as ids of {@link SymbolTable#V1}, a byte each. Thread-safe. */
final class PhoneTable {
    private final KeyedTable table;

    private PhoneTable(KeyedTable table) {
        this.table = table;
    }

    static PhoneTable load(String resource) {
        return new PhoneTable(new KeyedTable(Resource.bytes(PhoneTable.class, resource)));
    }

    Optional<List<String>> find(String word) {
        return table.find(word).map(PhoneTable::phones);
    }

    private static List<String> phones(byte[] ids) {
        List<String> phones = new ArrayList<>(ids.length);
        for (byte id : ids) {
            phones.add(SymbolTable.V1.phone(id & 0xff));
        }
        return phones;
    }
}
