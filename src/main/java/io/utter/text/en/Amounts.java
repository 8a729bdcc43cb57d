package io.utter.text.en;

import io.utter.text.Characters;
import io.utter.text.Rewrite;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;

/** Money and measures: the unit goes behind the number, which stays in digits for the steps that follow. */
final class Amounts {
    private record Unit(String one, String many) {
        String of(String number) {
            return number.equals("1") ? one : many;
        }
    }

    private record Currency(Unit whole, Unit hundredth) {}

    private static final Currency POUND = new Currency(new Unit("pound", "pounds"), new Unit("penny", "pence"));
    private static final Currency DOLLAR = new Currency(new Unit("dollar", "dollars"), new Unit("cent", "cents"));

    private static final Map<String, Unit> MEASURES = Map.ofEntries(
            Map.entry("m", new Unit("meter", "meters")),
            Map.entry("km", new Unit("kilometer", "kilometers")),
            Map.entry("km/h", new Unit("kilometer per hour", "kilometers per hour")),
            Map.entry("ft", new Unit("feet", "feet")),
            Map.entry("L", new Unit("liter", "liters")),
            Map.entry("tbsp", new Unit("tablespoon", "tablespoons")),
            Map.entry("tsp", new Unit("teaspoon", "teaspoons")),
            Map.entry("h", new Unit("hour", "hours")),
            Map.entry("min", new Unit("minute", "minutes")),
            Map.entry("s", new Unit("second", "seconds")),
            Map.entry("°C", new Unit("degree celsius", "degrees celsius")),
            Map.entry("°F", new Unit("degree fahrenheit", "degrees fahrenheit")));

    private static final List<UnaryOperator<String>> STEPS = List.of(
            // In this order, upstream's, "km/h" is read as "km": it stays so, voices were trained on it.
            Rewrite.of(
                    Characters.WORD_BOUNDARY
                            + "([0-9]++(\\.[0-9]++)?+)(m|km|km/h|ft|L|tbsp|tsp|h|min|s|°C|°F)"
                            + Characters.WORD_BOUNDARY,
                    Amounts::measure),
            Rewrite.of("£([0-9.,]*[0-9]+)", match -> money(match, POUND)),
            Rewrite.of("(?<![0-9.,])([0-9.,]++)(?<=[0-9])£", match -> money(match, POUND)),
            Rewrite.of("\\$([0-9.,]*[0-9]+)", match -> money(match, DOLLAR)),
            Rewrite.of("(?<![(0-9.,])([(0-9.,]++)(?<=[0-9])\\$", match -> money(match, DOLLAR)));

    private Amounts() {}

    static String expand(String text) {
        String expanded = text;
        for (UnaryOperator<String> step : STEPS) {
            expanded = step.apply(expanded);
        }
        return expanded;
    }

    private static String measure(MatchResult match) {
        Unit unit = MEASURES.get(match.group(3));
        return match.group(1) + " " + (match.group(2) == null ? unit.of(NumberWords.plain(match.group(1))) : unit.many());
    }

    /** Upstream fails on amounts with a stray comma or bracket; they are read without it. */
    private static String money(MatchResult match, Currency currency) {
        String amount = match.group(1);
        String[] parts = amount.replaceAll("[,(]", "").split("\\.", -1);
        if (parts.length > 2) {
            return amount + " " + currency.whole().many();
        }
        String whole = parts[0].isEmpty() ? "0" : NumberWords.plain(parts[0]);
        String hundredths = parts.length < 2 ? "0" : NumberWords.plain(parts[1].length() < 2 ? parts[1] + "0" : parts[1]);
        String wholeWords = whole + " " + currency.whole().of(whole);
        String hundredthWords = hundredths + " " + currency.hundredth().of(hundredths);
        if (hundredths.equals("0")) {
            return whole.equals("0") ? "zero " + currency.whole().many() : wholeWords;
        }
        return whole.equals("0") ? hundredthWords : wholeWords + " and " + hundredthWords;
    }
}
