package io.utter.text;

/** White space made plain. */
final class Whitespace {
    private Whitespace() {}

    /** Every run of white space as one character: a line feed if the run breaks the line, else a space. */
    static String tidy(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        boolean space = false;
        boolean lineBreak = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Characters.isSpace(c)) {
                space = true;
                lineBreak |= breaksLine(c);
            } else {
                if (space) {
                    tidy.append(lineBreak ? '\n' : ' ');
                }
                space = false;
                lineBreak = false;
                tidy.append(c);
            }
        }
        return tidy.toString();
    }

    private static boolean breaksLine(char c) {
        return switch (c) {
            case '\n', '\u000b', '\f', '\r', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029' -> true;
            default -> false;
        };
    }
}
