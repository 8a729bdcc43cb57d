package io.utter.importer.checkpoint;

/** A checkpoint cannot be used. The message is one line, fit to be shown to the person who brought the file. */
public final class CheckpointException extends RuntimeException {
    private static final int LONGEST_QUOTE = 80;

    CheckpointException(String message) {
        super(message);
    }

    CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Text taken from a file, made safe for a one-line message: printable, short, in quotes. */
    static String quoted(CharSequence text) {
        StringBuilder quoted = new StringBuilder("'");
        text.codePoints().limit(LONGEST_QUOTE).forEach(c -> quoted.appendCodePoint(isPrintable(c) ? c : '?'));
        return quoted.append(text.codePoints().skip(LONGEST_QUOTE).findAny().isPresent() ? "...'" : "'").toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
