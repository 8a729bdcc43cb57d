package io.utter.text.en;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Numbers in words, as the Python package inflect 7.6.0 writes them. Numbers come as ASCII digits of any count, with or without
 * leading zeros; beyond the decillions, where inflect gives up, they are read digit by digit.
 */
final class NumberWords {
    private static final String[] UNITS = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"
    };
    private static final String[] TENS = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    private static final String[] POWERS = {
        "", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion", " sextillion", " septillion", " octillion",
        " nonillion", " decillion"
    };
    private static final int MOST_DIGITS = 3 * POWERS.length;

    private static final Map<String, String> IRREGULAR_ORDINALS = Map.of(
            "one", "first", "two", "second", "three", "third", "five", "fifth", "eight", "eighth", "nine", "ninth", "twelve", "twelfth");

    private NumberWords() {}

    /** For instance 12345 as {@code twelve thousand, three hundred forty-five}. */
    static String cardinal(String digits) {
        return words(digits, " ");
    }

    /** For instance 1001 as {@code one thousand and one}: the way inflect speaks unless told otherwise. */
    static String cardinalWithAnd(String digits) {
        return words(digits, " and ");
    }

    /** For instance 22 as {@code twenty-second}. */
    static String ordinal(String digits) {
        String words = cardinalWithAnd(digits);
        int last = Math.max(words.lastIndexOf(' '), words.lastIndexOf('-')) + 1;
        String word = words.substring(last);
        String ordinal = word.endsWith("ty")
                ? word.substring(0, word.length() - 1) + "ieth"
                : IRREGULAR_ORDINALS.getOrDefault(word, word + "th");
        return words.substring(0, last) + ordinal;
    }

    /** The digits with their ordinal suffix, for instance 22 as {@code 22nd}. */
    static String withOrdinalSuffix(String digits) {
        boolean teen = digits.length() > 1 && digits.charAt(digits.length() - 2) == '1';
        return digits + switch (digits.charAt(digits.length() - 1)) {
            case '1' -> teen ? "th" : "st";
            case '2' -> teen ? "th" : "nd";
            case '3' -> teen ? "th" : "rd";
            default -> "th";
        };
    }

    /** A year's four digits in pairs, for instance 1905 as {@code nineteen oh five}; the first digit is not 0. */
    static String pairs(String digits) {
        int second = Integer.parseInt(digits.substring(2));
        String first = belowHundred(Integer.parseInt(digits.substring(0, 2)));
        return first + (second < 10 ? " oh " : " ") + belowHundred(second);
    }

    /** The digits without leading zeros; {@code 0} if they are all zeros. */
    static String plain(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    private static String words(String digits, String and) {
        String number = plain(digits);
        if (number.equals("0")) {
            return UNITS[0];
        }
        if (number.length() > MOST_DIGITS) {
            return digitByDigit(number);
        }
        List<String> groups = new ArrayList<>();
        int last = 0;
        for (int power = (number.length() - 1) / 3; power >= 0; power--) {
            int end = number.length() - 3 * power;
            last = Integer.parseInt(number.substring(Math.max(0, end - 3), end));
            if (last > 0) {
                groups.add(belowThousand(last, and) + POWERS[power]);
            }
        }
        // The rest below one hundred joins without a comma: "one thousand and one".
        if (last > 0 && last < 100 && groups.size() > 1) {
            String rest = groups.removeLast();
            groups.add(groups.removeLast() + and + rest);
        }
        return String.join(", ", groups);
    }

    private static String belowThousand(int number, String and) {
        if (number < 100) {
            return belowHundred(number);
        }
        String hundreds = UNITS[number / 100] + " hundred";
        return number % 100 == 0 ? hundreds : hundreds + and + belowHundred(number % 100);
    }

    private static String belowHundred(int number) {
        if (number < UNITS.length) {
            return UNITS[number];
        }
        return TENS[number / 10] + (number % 10 == 0 ? "" : "-" + UNITS[number % 10]);
    }

    private static String digitByDigit(String digits) {
        List<String> words = new ArrayList<>();
        for (char digit : digits.toCharArray()) {
            words.add(UNITS[digit - '0']);
        }
        return String.join(" ", words);
    }
}
