package io.utter.text.mixed;

import io.utter.text.Characters;
import java.util.ArrayList;
import java.util.List;

/** A run of characters of one kind, and the parts it is made of. */
final class Section {
    private static final String MARKS = "〜~,.;:!?，。！？；：、·([{<（【《〈「『“‘)]}>）】》〉」』”’\"-_——#$%&……￥'*+<=>?@[\\]^_`{|}~";

    Kind kind;
    List<Part> parts = new ArrayList<>();

    /** What split-lang tells apart before it looks at languages. */
    enum Kind { CHINESE_OR_JAPANESE, KOREAN, PUNCTUATION, NEWLINE, DIGIT, OTHERS }

    private Section(Kind kind) {
        this.kind = kind;
    }

    /** What a scan finds: kind and text. */
    record Found(Kind kind, String text) {
        Section section(List<Part> parts) {
            Section section = new Section(kind);
            section.parts.addAll(parts);
            return section;
        }
    }

    /** The runs of a text in order. White space goes with what is before it; every mark and line break is a run of its own. */
    static List<Found> scan(String text) {
        List<Found> runs = new ArrayList<>();
        Kind kind = Kind.OTHERS;
        StringBuilder run = new StringBuilder();
        int before = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(before)) {
            int point = text.codePointAt(at);
            boolean innerApostrophe = point == '\'' && at > 0 && !Characters.isSpace(before);
            Kind next = innerApostrophe ? kind : kind(point, kind);
            boolean alone = !innerApostrophe && (next == Kind.PUNCTUATION && isMark(point) || point == '\n' || point == '\r');
            if (alone || next != kind) {
                if (!run.isEmpty()) {
                    runs.add(new Found(kind, run.toString()));
                    run.setLength(0);
                }
                kind = next;
            }
            run.appendCodePoint(point);
            before = point;
        }
        if (!run.isEmpty()) {
            runs.add(new Found(kind, run.toString()));
        }
        return runs;
    }

    private static Kind kind(int point, Kind current) {
        if (isChineseOrJapanese(point)) {
            return Kind.CHINESE_OR_JAPANESE;
        } else if (point >= 0xac00 && point <= 0xd7af) {
            return Kind.KOREAN;
        } else if (Characters.isDigit(point)) {
            return Kind.DIGIT;
        } else if (isMark(point)) {
            return Kind.PUNCTUATION;
        } else if (point == '\n' || point == '\r') {
            return Kind.NEWLINE;
        }
        return Characters.isSpace(point) ? current : Kind.OTHERS;
    }

    private static boolean isMark(int point) {
        return MARKS.indexOf(point) >= 0;
    }

    static boolean isKana(int point) {
        return point >= 0x3040 && point <= 0x30ff || point == '々';
    }

    static boolean hasKana(String text) {
        return text.codePoints().anyMatch(Section::isKana);
    }

    private static boolean isChineseOrJapanese(int point) {
        return point >= 0x4e00 && point <= 0x9fff || isKana(point);
    }

    /** Neighbours of one kind put together. */
    static List<Section> merged(List<Section> sections) {
        List<Section> merged = new ArrayList<>();
        for (Section section : sections) {
            if (!merged.isEmpty() && merged.getLast().kind == section.kind) {
                merged.getLast().parts.addAll(section.parts);
            } else {
                merged.add(section);
            }
        }
        return merged;
    }
}
