package io.utter.text;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One step of normalisation: every match of a pattern written anew. */
public record Rewrite(Pattern pattern, Function<MatchResult, String> replacement) implements UnaryOperator<String> {
    /**
     * Patterns run over whole pieces of other people's text: where one can start in the middle of what it repeats, it says so with a
     * look-behind and repeats possessively, so that a step takes time in proportion to the text.
     */
    public static Rewrite of(String pattern, Function<MatchResult, String> replacement) {
        return new Rewrite(Pattern.compile(pattern), replacement);
    }

    @Override
    public String apply(String text) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(replacement.apply(match)));
    }

    public boolean applies(String text) {
        return pattern.matcher(text).find();
    }
}
