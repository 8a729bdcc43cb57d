package io.utter.text.mixed;

import java.util.ArrayList;
import java.util.List;

/** A part of a text while it grows, and what it is taken for: a language's code, {@code x} for unknown, or what a section is made of. */
final class Part {
    static final String UNKNOWN = "x";
    static final String DIGIT = "digit";
    static final String PUNCTUATION = "punctuation";
    static final String NEWLINE = "newline";

    private final StringBuilder text;
    private int length;
    String language;

    Part(String language, String text) {
        this.language = language;
        this.text = new StringBuilder(text);
        this.length = text.codePointCount(0, text.length());
    }

    String text() {
        return text.toString();
    }

    /** In code points. */
    int length() {
        return length;
    }

    boolean is(String language) {
        return this.language.equals(language);
    }

    void append(Part other) {
        text.append(other.text);
        length += other.length;
    }

    /** Neighbours in the same language put together, in place of the first. */
    static List<Part> merged(List<Part> parts) {
        List<Part> merged = new ArrayList<>();
        for (Part part : parts) {
            add(merged, part);
        }
        return merged;
    }

    /** Adds a part, to the last one if that has its language. */
    static void add(List<Part> parts, Part part) {
        if (!parts.isEmpty() && parts.getLast().is(part.language)) {
            parts.getLast().append(part);
        } else {
            parts.add(part);
        }
    }
}
