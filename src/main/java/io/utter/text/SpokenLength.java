package io.utter.text;

import java.util.function.UnaryOperator;

/**
 * How long a text is when spoken, estimated from its characters, in phones. Good to a fifth for prose; numbers and symbols are what the
 * number of characters hides.
 */
final class SpokenLength {
    private static final double LETTER = 0.75;
    /** A capital inside a word is spelled. */
    private static final double CAPITAL = 1.5;
    private static final double DIGIT = 4;
    /** "%" is read "percent", "$" is read "dollars". */
    private static final double SYMBOL = 4;
    private static final double SYLLABLE = 2.2;
    /** White space and marks say nothing, yet count, so that a bound on this length bounds the number of characters as well. */
    private static final double SILENT = 0.5;

    private final UnaryOperator<String> written;

    /** @param written as in {@link Cut}: a marked word is as long as if it were not marked */
    SpokenLength(UnaryOperator<String> written) {
        this.written = written;
    }

    double of(String text) {
        return written.apply(text).codePoints().mapToDouble(SpokenLength::ofCharacter).sum();
    }

    double of(int point) {
        return Markup.isPlace(point) ? of(Character.toString(point)) : ofCharacter(point);
    }

    private static double ofCharacter(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER -> CAPITAL;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> DIGIT;
            case Character.CURRENCY_SYMBOL, Character.MATH_SYMBOL -> SYMBOL;
            case Character.OTHER_LETTER -> SYLLABLE;
            case Character.LOWERCASE_LETTER, Character.TITLECASE_LETTER, Character.MODIFIER_LETTER -> LETTER;
            default -> point == '%' ? SYMBOL : SILENT;
        };
    }
}
