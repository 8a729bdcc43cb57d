package io.utter.text.ko;

import io.utter.text.Characters;
import io.utter.text.table.Resource;
import java.util.List;

/**
 * How a coda meets what follows: an onset, perhaps behind a space, or something that belongs to no word. Then codas move over to a
 * syllable that begins with a vowel.
 *
 * <p>A line of the file: a coda; the onset that follows, or {@code .} for no word's character; what is said instead, with {@code _} for
 * the space, or the character, between or behind.
 */
final class CodaTable {
    private static final char FIRST = '\u1100';
    private static final char NONE = '.';
    private static final char SILENT_ONSET = '\u110b';
    private static final String BETWEEN = "_";
    private static final int CHARACTERS = 0x100;

    /** What stands before and behind the space between, {@code null} where nothing changes. */
    private record Meeting(String before, String keptBetween, String after) {}

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
                int between = cells[2].indexOf(BETWEEN);
                meetings[index(coda, next)] = between < 0
                        ? new Meeting(cells[2], "", "")
                        : new Meeting(cells[2].substring(0, between), BETWEEN, cells[2].substring(between + 1));
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
            int onset = i < text.length() && text.charAt(i) == ' ' ? i + 1 : i;
            int end = i;
            Meeting meeting = null;
            if (onset < text.length() && Jamo.isOnset(text.charAt(onset))) {
                meeting = meetings[index(coda, text.charAt(onset))];
                end = onset;
            }
            if (meeting != null) {
                said.append(meeting.before()).append(text, i, end).append(meeting.after());
                i = end + 1;
                continue;
            }
            end = i < text.length() ? i + Character.charCount(text.codePointAt(i)) : i;
            meeting = i == text.length() || !Characters.isWord(text.codePointAt(i)) ? meetings[index(coda, NONE)] : null;
            if (meeting == null) {
                said.append(coda);
            } else {
                said.append(meeting.before()).append(text, i, meeting.keptBetween().isEmpty() ? i : end);
                i = end;
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
