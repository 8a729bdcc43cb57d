package io.utter.text.en;

import io.utter.text.Characters;
import io.utter.text.Rewrite;
import java.util.Map;

/** Operators that stand between two operands, with space around them, and the sign of negative numbers. */
final class Arithmetic {
    private static final Map<String, String> OPERATORS =
            Map.of("+", " plus ", "-", " minus ", "×", " times ", "÷", " divided by ", "=", " Equals ");

    private static final String RAISED = "[⁰¹²³⁴⁵⁶⁷⁸⁹ˣʸⁿ]*+";
    private static final String SPACES = "[" + Characters.SPACE + "]++";
    private static final String NUMBER = "\\p{Nd}++(?:\\.\\p{Nd}++)?+" + RAISED;
    private static final String FRACTION = "\\.\\p{Nd}++" + RAISED;
    private static final String VARIABLE = "[A-Za-z]" + RAISED;
    private static final String LEFT = "-?+(?<!\\p{Nd})" + NUMBER + "|" + FRACTION + "|" + VARIABLE;
    private static final String RIGHT = "-?+" + NUMBER + "|" + FRACTION + "|" + VARIABLE;

    private static final Rewrite OPERATION = Rewrite.of(
            "(" + LEFT + ")" + SPACES + "([+\\-×÷=])" + SPACES + "(" + RIGHT + ")",
            match -> match.group(1) + OPERATORS.get(match.group(2)) + match.group(3));

    /** Takes the space in front of the sign with it, as upstream does: "was -5" becomes "wasnegative 5". */
    private static final Rewrite NEGATIVE = Rewrite.of(
            "(?:^|(?<![" + Characters.SPACE + "])" + SPACES + ")-(\\p{Nd}++)", match -> "negative " + match.group(1));

    private Arithmetic() {}

    static String expand(String text) {
        String expanded = text;
        // An operand between two operators belongs to one match only, so a chain takes a second pass; every pass takes an operator away.
        while (OPERATION.applies(expanded)) {
            expanded = OPERATION.apply(expanded);
        }
        return NEGATIVE.apply(expanded);
    }
}
