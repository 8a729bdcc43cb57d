package io.utter.text.ko;

import io.utter.text.Characters;
import io.utter.text.table.Resource;
import java.util.List;

/**
 * How a coda meets what follows: an onset, perhaps behind a space, or something that belongs to no word. Then codas move over to a
 * syllable that begins with a vowel.
 *
 * <p>A line of the file: a coda; the onset that follows; what is said instead; what is said if a space stands between, written {@code _}.
 * Or: a coda; {@code .} for whatever belongs to no word; what is said instead, with {@code _} if that character stays. Or: a coda; the
 * silent onset; what is said instead.
 */
final class CodaTable {
    private static final char FIRST = '\u1100';
    private static final char NONE = '.';
    private static final char SILENT_ONSET = '\u110b';
    private static final String BETWEEN = "_";
    private static final int CHARACTERS = 0x100;

    private record Meeting(String close, String apart) {}

    private final Meeting[] meetings = new Meeting[CHARACTERS * CHARACTERS];
    private final String[] links = new String[CHARACTERS];

    CodaTable(List<String> lines) {
        for (String line : lines) {
            String[] cells = line.split("\t", -1);
            char coda = cells[0].charAt(0);
            char next = cells[1].charAt(0);
            if (next == SILENT_ONSET) {
                links[coda - FIRST] = cells[2];
            } else {
                meetings[index(coda, next)] = new Meeting(cells[2], cells[cells.length - 1].replace(BETWEEN, " "));
            }
        }
    }

    static CodaTable load() {
        return new CodaTable(Resource.lines(CodaTable.class, "codas.txt"));
    }

    String apply(String text) {
        return link(meet(text));
    }

    private String meet(String text) {
        StringBuilder said = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char coda = text.charAt(i++);
            if (!Jamo.isCoda(coda)) {
                said.append(coda);
                continue;
            }
            boolean space = i < text.length() && text.charAt(i) == ' ';
            int onset = space ? i + 1 : i;
            Meeting meeting = onset < text.length() && Jamo.isOnset(text.charAt(onset)) ? meetings[index(coda, text.charAt(onset))] : null;
            if (meeting != null) {
                said.append(space ? meeting.apart() : meeting.close());
                i = onset + 1;
            } else if (i == text.length() || !Characters.isWord(text.codePointAt(i))) {
                Meeting last = meetings[index(coda, NONE)];
                String before = last == null ? coda + BETWEEN : last.close();
                said.append(before, 0, before.endsWith(BETWEEN) ? before.length() - 1 : before.length());
                if (!before.endsWith(BETWEEN) && i < text.length()) {
                    i += Character.charCount(text.codePointAt(i)); // a gap in upstream's table swallows the character
                }
            } else {
                said.append(coda);
            }
        }
        return said.toString();
    }

    private String link(String text) {
        StringBuilder said = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String link = Jamo.isCoda(c) && i + 1 < text.length() && text.charAt(i + 1) == SILENT_ONSET ? links[c - FIRST] : null;
            if (link == null) {
                said.append(c);
            } else {
                said.append(link);
                i++;
            }
        }
        return said.toString();
    }

    private static int index(char coda, char next) {
        return (coda - FIRST) * CHARACTERS + (next == NONE ? CHARACTERS - 1 : next - FIRST);
    }
}
