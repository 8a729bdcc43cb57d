package io.utter.text.zh;

import io.utter.text.Rewrite;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** Dates and times of day. */
final class Chronology {
    private static final String TIME = "([0-1]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?";

    private static final List<UnaryOperator<String>> STEPS = List.of(
            Rewrite.of(
                    "([0-9]{4}|[0-9]{2})年(?:(0?[1-9]|1[0-2])月)?(?:(0?[1-9]|[12][0-9]|30|31)([日号]))?",
                    Chronology::date),
            Rewrite.of(
                    "([0-9]{4})([- /.])(0[1-9]|1[012])\\2(0[1-9]|[12][0-9]|3[01])",
                    match -> ChineseNumbers.digits(match.group(1)) + "年" + ChineseNumbers.cardinal(match.group(3)) + "月"
                            + ChineseNumbers.cardinal(match.group(4)) + "日"),
            Rewrite.of(TIME + "[~-]" + TIME, Chronology::timeRange),
            Rewrite.of(TIME, match -> time(match.group(1), match.group(2), match.group(3), match.group(2))));

    private Chronology() {}

    static String expand(String text) {
        String expanded = text;
        for (UnaryOperator<String> step : STEPS) {
            expanded = step.apply(expanded);
        }
        return expanded;
    }

    private static String date(MatchResult match) {
        StringBuilder date = new StringBuilder(ChineseNumbers.digits(match.group(1))).append('年');
        if (match.group(2) != null) {
            date.append(ChineseNumbers.cardinal(match.group(2))).append('月');
        }
        if (match.group(3) != null) {
            date.append(ChineseNumbers.cardinal(match.group(3))).append(match.group(4));
        }
        return date.toString();
    }

    /** Whether the end is at half past is asked of the start's minute: upstream does so, voices were trained on it. */
    private static String timeRange(MatchResult match) {
        return time(match.group(1), match.group(2), match.group(3), match.group(2)) + "至"
                + time(match.group(4), match.group(5), match.group(6), match.group(2));
    }

    private static String time(String hour, String minute, String second, String minuteThatMayBeHalf) {
        StringBuilder time = new StringBuilder(ChineseNumbers.number(hour)).append('点');
        if (!minute.equals("00")) {
            time.append(minuteThatMayBeHalf.equals("30") ? "半" : afterZero(minute) + "分");
        }
        if (second != null && !second.equals("00")) {
            time.append(afterZero(second)).append('秒');
        }
        return time.toString();
    }

    private static String afterZero(String number) {
        return (number.startsWith("0") ? "零" : "") + ChineseNumbers.number(ChineseNumbers.withoutLeadingZeros(number));
    }
}
