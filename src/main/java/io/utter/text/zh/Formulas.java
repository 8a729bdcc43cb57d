package io.utter.text.zh;

import io.utter.text.Rewrite;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** Arithmetic, powers, fractions and percentages. */
final class Formulas {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹ˣʸⁿ";
    private static final String ON_THE_LINE = "0123456789xyn";
    private static final String POWER = "[" + SUPERSCRIPTS + "]";

    private static final String NUMBER = NumberPatterns.NUMBER + POWER + "*+";
    private static final String OTHER_OPERAND = "\\.[0-9]++" + POWER + "*+|[A-Za-z]" + POWER + "*+";

    private static final List<UnaryOperator<String>> STEPS = List.of(
            Rewrite.of(
                    "((?:-|(?<![0-9]))" + NUMBER + "|" + OTHER_OPERAND + ")([+\\-×÷=])(?=-?" + NUMBER + "|" + OTHER_OPERAND + ")",
                    match -> match.group(1) + operator(match.group(2))),
            Rewrite.of(POWER + "++", match -> "的" + onTheLine(match.group()) + "次方"),
            Rewrite.of(
                    NumberPatterns.SIGN + "(" + NumberPatterns.DIGITS + ")/(" + NumberPatterns.DIGITS + ")",
                    match -> minus(match) + ChineseNumbers.number(match.group(3)) + "分之" + ChineseNumbers.number(match.group(2))),
            Rewrite.of(
                    NumberPatterns.SIGN + "(" + NumberPatterns.NUMBER + ")%",
                    match -> minus(match) + "百分之" + ChineseNumbers.number(match.group(2))));

    private Formulas() {}

    static String expand(String text) {
        String expanded = text;
        for (UnaryOperator<String> step : STEPS) {
            expanded = step.apply(expanded);
        }
        return expanded;
    }

    private static String operator(String sign) {
        return switch (sign) {
            case "+" -> "加";
            case "-" -> "减";
            case "×" -> "乘";
            case "÷" -> "除";
            default -> "等于";
        };
    }

    private static String minus(MatchResult match) {
        return match.group(1).isEmpty() ? "" : "负";
    }

    private static String onTheLine(String superscripts) {
        StringBuilder characters = new StringBuilder(superscripts.length());
        superscripts.chars().forEach(raised -> characters.append(ON_THE_LINE.charAt(SUPERSCRIPTS.indexOf(raised))));
        return characters.toString();
    }
}
