package io.utter.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Full stops that belong to the word in front of them, in text that uses Latin letters. */
final class Abbreviations {
    /** Always followed by what they belong to. */
    private static final Set<String> BEFORE_ANYTHING = Set.of(
            "mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "hon", "gen", "col", "maj", "capt", "cmdr", "lt", "sgt", "cpl", "gov",
            "sen", "pres", "supt", "insp", "messrs", "mme", "mlle", "vs", "cf", "ca", "approx", "dept", "univ", "assn", "bros", "mt", "viz");

    /** Words of their own unless a number follows. */
    private static final Set<String> BEFORE_NUMBERS = Set.of(
            "no", "nos", "nr", "fig", "figs", "vol", "vols", "pp", "pg", "art", "sec", "ch", "chap", "eq", "op", "ed", "ex", "ext", "tel",
            "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

    /** May end a sentence: they do if a capital follows. */
    private static final Set<String> BEFORE_SMALL_LETTERS = Set.of(
            "etc", "inc", "ltd", "co", "corp", "jr", "sr", "al", "est", "ave", "blvd", "rep", "a.m", "p.m", "a.d", "b.c");

    /** Letters with stops between them: "U.S", "e.g", "Ph.D". */
    private static final Pattern DOTTED = Pattern.compile("(?:\\p{L}{1,2}\\.)+\\p{L}{1,2}");

    private Abbreviations() {}

    /**
     * Whether a full stop is no end of a sentence.
     *
     * @param word the letters and stops directly in front of the stop
     * @param next the first character of the next word
     */
    static boolean keepsStop(String word, int next) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (BEFORE_SMALL_LETTERS.contains(lower)) {
            return !Character.isUpperCase(next);
        }
        boolean initial = word.length() == 1 && Character.isLetter(word.charAt(0));
        return initial
                || BEFORE_ANYTHING.contains(lower)
                || (BEFORE_NUMBERS.contains(lower) && Character.isDigit(next))
                || DOTTED.matcher(word).matches();
    }
}
