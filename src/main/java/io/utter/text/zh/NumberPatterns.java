package io.utter.text.zh;

/**
 * Parts of the patterns that find numbers. They repeat possessively and start at a sign or where digits begin, so that a long number is
 * read once and not from each of its digits.
 */
final class NumberPatterns {
    /** A capturing group: a minus sign, or nothing where a run of digits may begin. */
    static final String SIGN = "(-|(?<![0-9]))";

    static final String DIGITS = "[0-9]++";

    /** Digits with or without decimals. */
    static final String NUMBER = DIGITS + "(?:\\.[0-9]++)?+";

    private NumberPatterns() {}
}
