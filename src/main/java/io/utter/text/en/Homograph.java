package io.utter.text.en;

import io.utter.text.table.KeyedTable;
import io.utter.text.table.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A spelling with two pronunciations, told apart by its part of speech.
 *
 * @param tag the start of the tags that call for the first pronunciation
 */
record Homograph(List<String> first, List<String> second, String tag) {
    /** The table of g2p_en with upstream's corrections, by word in lower case. Thread-safe. */
    static final class Table {
        private final KeyedTable rows = new KeyedTable(Resource.bytes(Homograph.class, "homographs.bin"));

        boolean contains(String word) {
            return rows.contains(word);
        }

        Optional<Homograph> find(String word) {
            return rows.find(word).map(Homograph::read);
        }
    }

    /** A row is text: the first pronunciation, the second and the tag, with bars between them. */
    private static Homograph read(byte[] row) {
        String[] column = new String(row, StandardCharsets.US_ASCII).split("\\|");
        return new Homograph(List.of(column[0].split(" ")), List.of(column[1].split(" ")), column[2]);
    }

    /** Also the first one if the tag is less specific than the table's ({@code VB} for {@code VBP}). */
    List<String> pronunciation(String partOfSpeech) {
        return partOfSpeech.startsWith(tag) || tag.startsWith(partOfSpeech) ? first : second;
    }
}
