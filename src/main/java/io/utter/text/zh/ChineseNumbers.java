package io.utter.text.zh;

/** Numbers in Chinese characters. Every argument consists of the digits 0 to 9, {@link #number} takes a point besides. */
final class ChineseNumbers {
    private static final String DIGITS = "零一二三四五六七八九";
    private static final char ZERO = DIGITS.charAt(0);
    private static final char ONE = DIGITS.charAt(1);
    private static final char TEN = '十';

    /** The unit for ten to the power of the index; none where a larger number is counted in smaller units, as 十万 is. */
    private static final char[] UNITS = {0, TEN, '百', '千', '万', 0, 0, 0, '亿'};

    private static final int LARGEST_POWER = UNITS.length - 1;

    private ChineseNumbers() {}

    /** A number with or without decimals: of zeros at the end one is said, 三点二零 for 3.2000. */
    static String number(String number) {
        int point = number.indexOf('.');
        if (point < 0) {
            return cardinal(number);
        }
        String decimals = digits(shortened(number.substring(point + 1)));
        String whole = cardinal(number.substring(0, point));
        return decimals.isEmpty() ? whole : (whole.isEmpty() ? DIGITS.substring(0, 1) : whole) + "点" + decimals;
    }

    /** How many there are; nothing for no digits. Takes time in proportion to their number. */
    static String cardinal(String digits) {
        if (digits.isEmpty()) {
            return "";
        }
        String significant = withoutLeadingZeros(digits);
        if (significant.isEmpty()) {
            return DIGITS.substring(0, 1);
        }
        StringBuilder words = new StringBuilder();
        int end = (significant.length() - 1) % LARGEST_POWER + 1;
        append(significant.substring(0, end), words);
        for (; end < significant.length(); end += LARGEST_POWER) {
            words.append(UNITS[LARGEST_POWER]);
            append(significant.substring(end, end + LARGEST_POWER), words);
        }
        boolean saysOneTen = words.length() >= 2 && words.charAt(0) == ONE && words.charAt(1) == TEN;
        return saysOneTen ? words.substring(1) : words.toString();
    }

    /** Digit by digit. */
    static String digits(String digits) {
        StringBuilder words = new StringBuilder(digits.length());
        digits.chars().forEach(digit -> words.append(DIGITS.charAt(digit - '0')));
        return words.toString();
    }

    /** Digit by digit as on the telephone, where 一 is 幺 so that nobody hears 七. */
    static String telephoneDigits(String digits) {
        return digits(digits).replace(ONE, '幺');
    }

    static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    /** At most as many digits as the largest unit has zeros. A part that begins with zeros says one, and only before its last digit. */
    private static void append(String digits, StringBuilder words) {
        String significant = withoutLeadingZeros(digits);
        if (significant.length() == 1) {
            if (digits.length() > 1) {
                words.append(ZERO);
            }
            words.append(digits(significant));
        } else if (significant.length() > 1) {
            int power = Math.min(significant.length(), LARGEST_POWER + 1) - 1;
            while (UNITS[power] == 0) {
                power--;
            }
            append(digits.substring(0, digits.length() - power), words);
            words.append(UNITS[power]);
            append(digits.substring(digits.length() - power), words);
        }
    }

    private static String shortened(String decimals) {
        int end = decimals.length();
        while (end > 0 && decimals.charAt(end - 1) == '0') {
            end--;
        }
        return decimals.substring(0, Math.min(end + 1, decimals.length()));
    }
}
