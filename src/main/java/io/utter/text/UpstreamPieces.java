package io.utter.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What upstream makes of a text before it pronounces it: its {@code pre_seg_text} (spec/gpt-sovits.md 2.1).
 * Where upstream raises an error because nothing is left, there are no pieces here. Lengths count code points.
 */
final class UpstreamPieces {
    /** A text whose first words are shorter gets a mark in front, or the network would swallow them. */
    private static final int SHORT_OPENING = 4;

    /** Pieces are put together until they are this long. */
    private static final int SHORT_PIECE = 5;

    /** What BERT can take: longer pieces are cut at marks. */
    private static final int LONGEST_PIECE = 510;

    private static final Pattern LINE_FEEDS = Pattern.compile("\n+");
    private static final Pattern AROUND_ENDINGS = Pattern.compile("(?<=[" + Marks.ENDINGS + "])|(?=[" + Marks.ENDINGS + "])");

    private UpstreamPieces() {}

    static List<String> of(String text, Language language, CutMethod method, UnaryOperator<String> written) {
        String inner = Marks.stripLineFeeds(text);
        if (inner.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String line : LINE_FEEDS.split(method.cut(hasShortOpening(written.apply(inner)) ? Marks.fullStop(language) + inner : inner))) {
            if (!line.isEmpty() && !line.equals(" ")) {
                lines.add(line);
            }
        }
        List<String> pieces = new ArrayList<>();
        for (String line : joinShort(lines)) {
            if (Characters.hasWord(line)) {
                String piece = Marks.ended(line, language);
                if (length(piece) > LONGEST_PIECE) {
                    pieces.addAll(divide(piece));
                } else {
                    pieces.add(piece);
                }
            }
        }
        return pieces;
    }

    /** Whether there is a mark behind so few characters that what they say would be swallowed. */
    static boolean hasShortOpening(String text) {
        int end = 0;
        while (end < text.length() && !Marks.isEnding(text.charAt(end))) {
            end++;
        }
        return !Marks.isEnding(text.charAt(0)) && strippedLength(text.substring(0, end)) < SHORT_OPENING;
    }

    private static List<String> joinShort(List<String> lines) {
        if (lines.size() < 2) {
            return lines;
        }
        List<String> joined = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (String line : lines) {
            piece.append(line);
            if (piece.codePointCount(0, piece.length()) >= SHORT_PIECE) {
                joined.add(piece.toString());
                piece.setLength(0);
            }
        }
        if (!piece.isEmpty()) {
            joined.add(joined.isEmpty() ? piece.toString() : joined.removeLast() + piece);
        }
        return joined;
    }

    /** Upstream's {@code split_big_text}: one part without a mark may still be longer than the limit. */
    private static List<String> divide(String piece) {
        List<String> divided = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int partLength = 0;
        for (String segment : AROUND_ENDINGS.split(piece)) {
            int segmentLength = length(segment);
            if (partLength + segmentLength > LONGEST_PIECE) {
                divided.add(part.toString());
                part.setLength(0);
                partLength = 0;
            }
            part.append(segment);
            partLength += segmentLength;
        }
        divided.add(part.toString());
        return divided;
    }

    private static int strippedLength(String text) {
        int[] points = text.codePoints().toArray();
        int start = 0;
        int end = points.length;
        while (start < end && Characters.isSpace(points[start])) {
            start++;
        }
        while (end > start && Characters.isSpace(points[end - 1])) {
            end--;
        }
        return end - start;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
