package io.utter.text.table;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the format that {@link KeyedTable} reads, as tools/text-data/keyed_table.py does. */
public final class KeyedTables {
    private static final int ENTRIES_PER_BLOCK = 16;

    private KeyedTables() {}

    public static KeyedTable of(Map<String, byte[]> entries) {
        Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
        entries.forEach((key, value) -> sorted.put(key.getBytes(StandardCharsets.UTF_8), value));
        List<Integer> offsets = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] previous = {};
        int entry = 0;
        for (Map.Entry<byte[], byte[]> row : sorted.entrySet()) {
            byte[] key = row.getKey();
            if (entry++ % ENTRIES_PER_BLOCK == 0) {
                offsets.add(body.size());
                previous = new byte[0];
            }
            int difference = Arrays.mismatch(previous, key);
            int shared = difference < 0 ? key.length : difference;
            body.write(shared);
            body.write(key.length - shared);
            body.write(key, shared, key.length - shared);
            body.write(row.getValue().length);
            body.writeBytes(row.getValue());
            previous = key;
        }
        int header = Integer.BYTES * (1 + offsets.size());
        ByteBuffer file = ByteBuffer.allocate(header + body.size()).putInt(offsets.size());
        offsets.forEach(offset -> file.putInt(header + offset));
        return new KeyedTable(file.put(body.toByteArray()).array());
    }
}
