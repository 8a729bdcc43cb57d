package io.utter.text.zh;

import io.utter.text.Rewrite;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Chinese telephone numbers: mobile, landline, and those that cost the same from everywhere. */
final class Telephones {
    private static final List<UnaryOperator<String>> STEPS = List.of(
            Rewrite.of(
                    "(?<![0-9])(?:\\+?(86))?(1(?:[38][0-9]|5[0-35-9]|7[678]|9[89])[0-9]{8})(?![0-9])",
                    match -> ChineseNumbers.telephoneDigits((match.group(1) == null ? "" : match.group(1)) + match.group(2))),
            Rewrite.of(
                    "(?<![0-9])(?:0(?:10|2[1-3]|[3-9][0-9]{2})-?)?[1-9][0-9]{6,7}(?![0-9])",
                    match -> partByPart(match.group())),
            Rewrite.of("400-?[0-9]{3}-?[0-9]{4}", match -> partByPart(match.group())));

    private Telephones() {}

    static String expand(String text) {
        String expanded = text;
        for (UnaryOperator<String> step : STEPS) {
            expanded = step.apply(expanded);
        }
        return expanded;
    }

    private static String partByPart(String number) {
        return Arrays.stream(number.split("-")).map(ChineseNumbers::telephoneDigits).collect(Collectors.joining("，"));
    }
}
