package io.utter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a sentence that is too long to be spoken in one go into parts of about the same length: at clause marks where there are any,
 * else between words, and inside a word only if it alone is too long.
 */
final class ClauseCut {
    private static final String WIDE_MARKS = "，、；：。！？…—";
    private static final String MARKS = ",;:!?)";
    /** A part this much shorter than the others' average is too short. */
    private static final double SHORTEST = 0.5;

    private final double longest;
    private final SpokenLength lengths;

    /** @param longest what a part may last, in phones */
    ClauseCut(double longest, SpokenLength lengths) {
        this.longest = longest;
        this.lengths = lengths;
    }

    /** The parts in order; the sentence itself if it is short enough. Parts but the last end in a mark. */
    List<String> parts(String sentence, Language language) {
        List<String> parts = new ArrayList<>();
        double left = lengths.of(sentence);
        int start = 0;
        while (left > longest) {
            int end = cut(sentence, start, left / Math.ceil(left / longest));
            String part = sentence.substring(start, end);
            left -= lengths.of(part);
            String words = part.strip();
            if (!words.isEmpty()) {
                parts.add(Marks.isEnding(words.codePointBefore(words.length())) ? words : words + comma(language));
            }
            start = end;
        }
        String rest = sentence.substring(start).strip();
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    /** Where the part that starts there ends best: at the clause mark, else the space, whose distance is nearest to the wanted length. */
    private int cut(String sentence, int start, double wanted) {
        double length = 0;
        int clause = -1;
        double clauseMiss = wanted * SHORTEST;
        int space = -1;
        double spaceMiss = longest;
        int at = start;
        while (at < sentence.length()) {
            int point = sentence.codePointAt(at);
            if (at > start && length + lengths.of(point) > longest) {
                break;
            }
            length += lengths.of(point);
            at += Character.charCount(point);
            double miss = Math.abs(length - wanted);
            if (endsClause(sentence, at, point) && miss <= clauseMiss) {
                clause = at;
                clauseMiss = miss;
            }
            if (point == ' ' && miss <= spaceMiss) {
                space = at;
                spaceMiss = miss;
            }
        }
        return clause >= 0 ? clause : space >= 0 ? space : at;
    }

    private static boolean endsClause(String sentence, int end, int point) {
        boolean beforeSpace = end == sentence.length() || sentence.charAt(end) == ' ';
        boolean dash = (point == '-' || point == '–') && end >= 2 && sentence.charAt(end - 2) == ' ';
        return WIDE_MARKS.indexOf(point) >= 0 || (beforeSpace && (dash || MARKS.indexOf(point) >= 0));
    }

    private static String comma(Language language) {
        return language == Language.ENGLISH ? "," : "，";
    }
}
