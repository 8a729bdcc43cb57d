package io.utter.text;

/** The character classes upstream's patterns use, which differ from Java's in the details. Points are Unicode code points. */
public final class Characters {
    /** Python's {@code \w}, as a character class to be used inside brackets: no combining marks, but every kind of number. */
    public static final String WORD = "\\p{L}\\p{N}_";

    /** Python's {@code \s}, as a character class to be used inside brackets: white space and the four information separators. */
    public static final String SPACE = "\\p{IsWhite_Space}\\x1c-\\x1f";

    /** Python's {@code \b}. */
    public static final String WORD_BOUNDARY =
            "(?:(?<=[" + WORD + "])(?![" + WORD + "])|(?<![" + WORD + "])(?=[" + WORD + "]))";

    private Characters() {}

    /** Whether the point belongs to a word: a letter, a number of any kind or the underscore. */
    public static boolean isWord(int point) {
        return Character.isLetter(point) || point == '_' || switch (Character.getType(point)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    /** Python's {@code str.isdigit}: decimal digits, and single digits that are raised, lowered or circled, but no ideographs. */
    public static boolean isDigit(int point) {
        int value = Character.getNumericValue(point);
        boolean single = Character.getType(point) == Character.OTHER_NUMBER && value >= 0 && value <= 9;
        return Character.isDigit(point) || single && !(point >= 0x3192 && point <= 0x32b0);
    }

    public static boolean isSpace(int point) {
        return switch (Character.getType(point)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> (point >= 0x09 && point <= 0x0d) || (point >= 0x1c && point <= 0x1f) || point == 0x85;
        };
    }

    /** Whether there is something to say: a word, or the place of one whose reading is marked. */
    public static boolean hasWord(String text) {
        return text.codePoints().anyMatch(point -> isWord(point) || Markup.isPlace(point));
    }

    public static boolean isBlank(String text) {
        return text.codePoints().allMatch(Characters::isSpace);
    }

    /** The text without white space at its ends. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
