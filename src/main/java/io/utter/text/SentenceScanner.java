package io.utter.text;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Finds sentences one after another: behind {@code . ! ? …} and their full-width forms, and at line breaks, but not inside numbers, host
 * names, abbreviations and initials. White space comes out as single spaces. Reads no further than it is asked.
 */
final class SentenceScanner implements Iterator<String> {
    private static final String WIDE_ENDS = "。！？｡";
    private static final String ENDS = ".!?…" + WIDE_ENDS;
    private static final String CLOSERS = "\"'”’)]»›」』】）》〉";
    private static final String OPENERS = "\"'“‘([«‹「『【（《〈";
    /** No abbreviation is longer; looking back further would make long words slow. */
    private static final int LONGEST_ABBREVIATION = 8;
    private static final int LONGEST_LIST_NUMBER = 3;

    private final String text;
    private int at;

    SentenceScanner(String text) {
        this.text = Whitespace.tidy(text);
    }

    @Override
    public boolean hasNext() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
        return at < text.length();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != '\n') {
            if (ENDS.indexOf(text.charAt(at)) < 0) {
                at++;
            } else if (passEnd(start)) {
                break;
            }
        }
        return text.substring(start, at).strip();
    }

    /** Moves behind a run of end marks with the quotes and brackets they close. Whether a sentence ends there. */
    private boolean passEnd(int start) {
        int mark = at;
        at = skip(at, ENDS);
        int marksEnd = at;
        at = skip(at, CLOSERS);
        if (at == text.length()) {
            return true;
        }
        String marks = text.substring(mark, marksEnd);
        boolean wide = marks.chars().anyMatch(c -> WIDE_ENDS.indexOf(c) >= 0);
        if (wide) {
            return true;
        }
        char behind = text.charAt(at);
        if (behind != ' ' && behind != '\n') {
            return isSpaceless(text.codePointAt(at)) && mark > start && (!marks.equals(".") || isSpaceless(text.codePointBefore(mark)));
        }
        int next = firstOfNextWord();
        boolean quoted = at > marksEnd;
        if (Character.isLowerCase(next) && (quoted || marks.equals("…") || marks.startsWith(".."))) {
            return false;
        }
        return !marks.equals(".") || quoted || !(isListNumber(start, mark) || Abbreviations.keepsStop(wordBefore(start, mark), next));
    }

    private int skip(int from, String characters) {
        int to = from;
        while (to < text.length() && characters.indexOf(text.charAt(to)) >= 0) {
            to++;
        }
        return to;
    }

    private int firstOfNextWord() {
        int next = skip(at + 1, OPENERS);
        return next < text.length() ? text.codePointAt(next) : '\n';
    }

    /** The letters and stops in front of a mark, at most as many as an abbreviation has. */
    private String wordBefore(int start, int mark) {
        int from = mark;
        while (from > start && (Character.isLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
            from--;
            if (mark - from > LONGEST_ABBREVIATION) {
                return "";
            }
        }
        return text.substring(from, mark);
    }

    /** "1. Open the box." */
    private boolean isListNumber(int start, int mark) {
        return mark > start
                && mark - start <= LONGEST_LIST_NUMBER
                && text.substring(start, mark).chars().allMatch(Character::isDigit);
    }

    /** Chinese and Japanese put no space behind a mark. */
    private static boolean isSpaceless(int point) {
        return Character.isIdeographic(point) || switch (Character.UnicodeScript.of(point)) {
            case HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }
}
