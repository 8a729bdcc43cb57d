package io.utter.text.en;

import io.utter.text.Characters;
import io.utter.text.Rewrite;
import java.text.Normalizer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/**
 * Text as it is read aloud: only the letters A to Z, spaces and {@code ' . , ? ! -} are left. Follows upstream step by step, with its
 * peculiarities, since voices learned to speak from text written this way (spec/gpt-sovits.md 2.8, spec/text-frontend.md 9).
 */
final class EnglishNormalizer {
    private static final List<UnaryOperator<String>> STEPS = List.of(
            text -> text.replace('。', '.').replace('！', '!').replace('？', '?'),
            // "1. Open the box"
            Rewrite.of(Characters.WORD_BOUNDARY + "([0-9]++)\\. ", match -> NumberWords.withOrdinalSuffix(match.group(1)) + ", "),
            Arithmetic::expand,
            Rewrite.of("[0-9][0-9,]+[0-9]", match -> match.group().replace(",", "")),
            Rewrite.of(Characters.WORD_BOUNDARY + "([01]?[0-9]|2[0-3]):([0-5][0-9])" + Characters.WORD_BOUNDARY, EnglishNormalizer::time),
            Amounts::expand,
            Rewrite.of("(?<![0-9])([0-9]++)\\.([" + Characters.SPACE + "]*+[0-9]++)", EnglishNormalizer::decimal),
            Rewrite.of("(?<![0-9])([0-9]++)/([0-9]++)", EnglishNormalizer::fraction),
            Rewrite.of("(?<![0-9])([0-9]++)(?:st|nd|rd|th)", match -> NumberWords.ordinal(match.group(1))),
            Rewrite.of("[0-9]++", match -> number(match.group())),
            EnglishNormalizer::withoutAccents,
            text -> text.replace("%", " percent"),
            Rewrite.of("[^ A-Za-z'.,?!\\-]++", match -> ""),
            Rewrite.of("(?i)i\\.e\\.", match -> "that is"),
            Rewrite.of("(?i)e\\.g\\.", match -> "for example"),
            // Capitals are letters of their own: "GPU" is spelled.
            Rewrite.of("(?<!^)(?<! )[A-Z]", match -> " " + match.group()),
            Rewrite.of("([!?,.\\- ])[!?,.\\-]++", match -> match.group(1)));

    private EnglishNormalizer() {}

    static String normalize(String text) {
        String normalized = text;
        for (UnaryOperator<String> step : STEPS) {
            normalized = step.apply(normalized);
        }
        return normalized;
    }

    private static String time(MatchResult match) {
        int hour = Integer.parseInt(match.group(1));
        int minute = Integer.parseInt(match.group(2));
        String half = hour < 12 ? "a.m." : "p.m.";
        String hourWords = NumberWords.cardinal(String.valueOf(hour > 12 ? hour - 12 : hour));
        return hourWords + " " + (minute == 0 ? "o'clock" : NumberWords.cardinal(String.valueOf(minute))) + " " + half;
    }

    private static String decimal(MatchResult match) {
        return match.group(1) + " point " + match.group(2).codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
    }

    private static String fraction(MatchResult match) {
        String numerator = NumberWords.plain(match.group(1));
        String denominator = NumberWords.plain(match.group(2));
        String words = NumberWords.cardinalWithAnd(numerator);
        return switch (denominator) {
            case "1" -> words;
            case "2" -> words + (numerator.equals("1") ? " half" : " halves");
            default -> words + " " + NumberWords.ordinal(denominator) + (numerator.equals("0") || numerator.equals("1") ? "" : "s");
        };
    }

    /** Cardinals, and numbers that may be years (1001 to 2999) as years are read. */
    private static String number(String digits) {
        String number = NumberWords.plain(digits);
        if (number.length() != 4 || number.charAt(0) > '2' || number.equals("1000")) {
            return NumberWords.cardinal(number);
        }
        if (number.equals("2000")) {
            return "two thousand";
        }
        if (number.startsWith("200")) {
            return "two thousand " + NumberWords.cardinal(number.substring(3));
        }
        if (number.endsWith("00")) {
            return NumberWords.cardinal(number.substring(0, 2)) + " hundred";
        }
        return NumberWords.pairs(number);
    }

    private static String withoutAccents(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text; // nothing to take off, and the JDK's tables for it stay unread
        }
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
