package io.utter.text;

import io.utter.error.UtterException.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Upstream's ways of cutting, for clients that name one ({@code text_split_method}); spec/gpt-sovits.md 2.2.
 * Lengths count code points, as upstream's do.
 */
public enum CutMethod implements Cut {
    /** Not at all. */
    CUT0(CutMethod::whole),
    /** Every four sentences. */
    CUT1(CutMethod::everyFourSentences),
    /** Sentences together until they pass fifty characters. */
    CUT2(CutMethod::everyFiftyCharacters),
    /** At the Chinese full stop, which goes. */
    CUT3(CutMethod::atChineseStops),
    /** At the English full stop, which goes, unless a digit stands beside it. */
    CUT4(CutMethod::atEnglishStops),
    /** At every mark; what upstream's API does when a client names no method. */
    CUT5(CutMethod::atEveryMark);

    private static final Pattern LONE_STOP = Pattern.compile("(?<!\\p{Nd})\\.(?!\\p{Nd})");
    private static final String CUT5_MARKS = ",.;?!、，。？！：…";
    private static final int SENTENCES_PER_GROUP = 4;
    private static final int CHARACTERS_PER_GROUP = 50;

    private final UnaryOperator<String> method;

    CutMethod(UnaryOperator<String> method) {
        this.method = method;
    }

    /** {@inheritDoc} Cuts the whole text at once: upstream's {@code pre_seg_text}. */
    @Override
    public Iterator<String> pieces(String text, Language language, UnaryOperator<String> written) {
        return UpstreamPieces.of(text, language, this, written).iterator();
    }

    /**
     * The text with a line feed at every cut, before short pieces are put together.
     *
     * @throws InvalidInput about {@code input} ({@code nothing_to_say}) when a text without a character is to be cut into sentences
     */
    String cut(String text) {
        return method.apply(text);
    }

    private static String whole(String text) {
        return consistsOf(text, CutMethod::isPause) ? "\n" : text;
    }

    private static String everyFourSentences(String text) {
        String inner = Marks.stripLineFeeds(text);
        List<String> sentences = sentences(inner);
        // The last boundary goes, so the last group holds up to twice as many sentences.
        int groups = Math.max(1, (sentences.size() + SENTENCES_PER_GROUP - 1) / SENTENCES_PER_GROUP - 1);
        List<String> pieces = new ArrayList<>();
        if (sentences.size() <= SENTENCES_PER_GROUP) {
            pieces.add(inner);
        } else {
            for (int group = 0; group < groups; group++) {
                int end = group == groups - 1 ? sentences.size() : (group + 1) * SENTENCES_PER_GROUP;
                pieces.add(String.join("", sentences.subList(group * SENTENCES_PER_GROUP, end)));
            }
        }
        return lines(pieces, CutMethod::isPause);
    }

    private static String everyFiftyCharacters(String text) {
        String inner = Marks.stripLineFeeds(text);
        List<String> sentences = sentences(inner);
        if (sentences.size() < 2) {
            return inner;
        }
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int length = 0;
        for (String sentence : sentences) {
            piece.append(sentence);
            length += length(sentence);
            if (length > CHARACTERS_PER_GROUP) {
                pieces.add(piece.toString());
                piece.setLength(0);
                length = 0;
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        if (pieces.size() > 1 && length(pieces.getLast()) < CHARACTERS_PER_GROUP) {
            String tail = pieces.removeLast();
            pieces.add(pieces.removeLast() + tail);
        }
        return lines(pieces, CutMethod::isPause);
    }

    private static String atChineseStops(String text) {
        String inner = Marks.strip(Marks.stripLineFeeds(text), '。');
        return lines(Arrays.asList(inner.split("。")), CutMethod::isPause);
    }

    private static String atEnglishStops(String text) {
        String inner = Marks.strip(Marks.stripLineFeeds(text), '.');
        return lines(Arrays.asList(LONE_STOP.split(inner)), CutMethod::isPause);
    }

    private static String atEveryMark(String text) {
        int[] points = Marks.stripLineFeeds(text).codePoints().toArray();
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < points.length; i++) {
            boolean insideNumber =
                    points[i] == '.' && i > 0 && i < points.length - 1 && Characters.isDigit(points[i - 1]) && Characters.isDigit(points[i + 1]);
            if (CUT5_MARKS.indexOf(points[i]) >= 0 && !insideNumber) {
                pieces.add(new String(points, start, i + 1 - start));
                start = i + 1;
            }
        }
        pieces.add(new String(points, start, points.length - start));
        return lines(pieces, point -> CUT5_MARKS.indexOf(point) >= 0);
    }

    /** Cuts behind every ending mark; long dashes and dots count as a comma and a full stop. */
    private static List<String> sentences(String text) {
        if (text.isEmpty()) {
            throw new InvalidInput("input", "nothing_to_say", "The text holds nothing but line breaks.");
        }
        String plain = text.replace("……", "。").replace("——", "，");
        if (!Marks.isEnding(plain.codePointBefore(plain.length()))) {
            plain += "。";
        }
        List<String> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < plain.length(); i++) {
            if (Marks.isEnding(plain.charAt(i))) {
                sentences.add(plain.substring(start, i + 1));
                start = i + 1;
            }
        }
        return sentences;
    }

    private static String lines(List<String> pieces, IntPredicate meaningless) {
        return pieces.stream().filter(piece -> !consistsOf(piece, meaningless)).collect(Collectors.joining("\n"));
    }

    private static boolean consistsOf(String text, IntPredicate points) {
        return text.codePoints().allMatch(points);
    }

    private static boolean isPause(int point) {
        return "!?…,.- ".indexOf(point) >= 0;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
