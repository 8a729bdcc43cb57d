package io.utter.text.ja;

import io.utter.text.table.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of Open JTalk's rules, by the names they have there. */
final class Rules {
    private static final String DIGIT_RULE = "njd_set_digit_rule_";

    private final Map<String, List<String>> tables = new HashMap<>();

    Rules() {
        for (String line : Resource.lines(Rules.class, "rules.txt")) {
            List<String> cells = Arrays.asList(line.split("\t", -1));
            tables.put(cells.getFirst(), cells.subList(1, cells.size()));
        }
    }

    List<String> cells(String table) {
        List<String> cells = tables.get(table);
        if (cells == null) {
            throw new IllegalStateException("missing table " + table);
        }
        return cells;
    }

    /** Rows by their first cell; of several with the same one, the first. */
    Map<String, List<String>> rows(String table, int columns) {
        List<String> cells = cells(table);
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (int row = 0; row < cells.size(); row += columns) {
            rows.putIfAbsent(cells.get(row), List.copyOf(filled(cells, row, columns)));
        }
        return rows;
    }

    List<String> digitCells(String table) {
        return tables.containsKey(DIGIT_RULE + table) ? cells(DIGIT_RULE + table) : List.of();
    }

    Map<String, List<String>> digitRows(String table, int columns) {
        return rows(DIGIT_RULE + table, columns);
    }

    /** A word among the constants of the digit rules. */
    Word digitWord(String constant) {
        return word(cells(constant).getFirst());
    }

    /** A word from its line in the form of the dictionary's source: surface, seven columns of grammar, reading, pronunciation, accent/moras. */
    static Word word(String line) {
        String[] columns = line.split(",", -1);
        String[] accent = columns[10].split("/");
        PartOfSpeech partOfSpeech = new PartOfSpeech(columns[1], columns[2], columns[3], columns[4], columns[6].startsWith("連用"));
        Word word = new Word(columns[0], partOfSpeech, columns[9], Integer.parseInt(accent[0]), Integer.parseInt(accent[1]), columns[11]);
        if (columns.length > 12 && columns[12].equals("0")) {
            word.chain = Word.Chain.APART;
        }
        return word;
    }

    private static List<String> filled(List<String> cells, int from, int columns) {
        if (from + columns <= cells.size()) {
            return cells.subList(from, from + columns);
        }
        String[] row = new String[columns]; // empty cells at the end of a table are not written
        Arrays.fill(row, "");
        for (int i = from; i < cells.size(); i++) {
            row[i - from] = cells.get(i);
        }
        return List.of(row);
    }
}
