package io.utter.text.ja;

import java.util.List;
import java.util.Optional;

/** Text in the characters of the dictionary: Latin letters, digits and half-width katakana in full width. Open JTalk's {@code text2mecab}. */
final class WideText {
    private final PrefixTable table;

    WideText(Rules rules) {
        this.table = new PrefixTable(rules.rows("text2mecab_conv_list", 2));
    }

    String widen(String text) {
        StringBuilder wide = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); ) {
            Optional<List<String>> row = table.find(text, at);
            if (row.isPresent()) {
                wide.append(row.get().getLast());
                at += row.get().getFirst().length();
            } else {
                wide.append(text.charAt(at++));
            }
        }
        return wide.toString();
    }
}
