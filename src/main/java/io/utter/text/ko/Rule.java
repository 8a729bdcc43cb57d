package io.utter.text.ko;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patterns over jamo and what their matches become. */
final class Rule {
    interface Step extends UnaryOperator<String> {}

    private Rule() {}

    /** @param replacement with groups as {@code $1} */
    static Step of(String pattern, String replacement) {
        Pattern compiled = Pattern.compile(pattern);
        return text -> compiled.matcher(text).replaceAll(replacement);
    }

    /** The onset, the last group of the pattern, becomes tense: its jamo is followed by that of the doubled letter. */
    static Step tense(String before, String onset, String replacement) {
        Pattern compiled = Pattern.compile(before + onset);
        return text -> compiled.matcher(text).replaceAll(match -> {
            String kept = replacement.replace("$1", match.group(1));
            return Matcher.quoteReplacement(kept + (char) (match.group(match.groupCount()).charAt(0) + 1));
        });
    }
}
