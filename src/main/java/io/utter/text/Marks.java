package io.utter.text;

import java.util.regex.Pattern;

/** Punctuation as upstream's cutting sees it (spec/gpt-sovits.md 2.1). */
final class Marks {
    /** The marks a piece may end in; anything else gets a full stop. Upstream's {@code splits}. */
    static final String ENDINGS = "，。？！,.?!~:：—…";

    private static final String STOPS = ".!?。！？";

    private static final Pattern RUN = Pattern.compile("([!?…,.\\-])[!?…,.\\-]+");

    /** Space before a mark that ends a word or the text; at most a few, since more would be a layout and not a slip. */
    private static final Pattern DETACHED = Pattern.compile("\\s{1,4}(?=[.,!?;:。，！？]+(?:\\s|$))");

    private Marks() {}

    static boolean isEnding(int point) {
        return ENDINGS.indexOf(point) >= 0;
    }

    static String fullStop(Language language) {
        return language == Language.ENGLISH ? "." : "。";
    }

    /** The text with a full stop behind it, unless it ends in a mark already. */
    static String ended(String text, Language language) {
        return isEnding(text.codePointBefore(text.length())) ? text : text + fullStop(language);
    }

    /** The text with its marks next to the words they follow: upstream's normaliser loses those that stand alone. */
    static String attached(String text) {
        return DETACHED.matcher(text).replaceAll("");
    }

    /** The text with a comma where it ended, for more to follow in the same breath: at an inner full stop networks tend to stop. */
    static String continued(String text, Language language) {
        int end = text.length();
        while (end > 0 && STOPS.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end == text.length() || end == 0 ? text : text.substring(0, end) + (language == Language.ENGLISH ? "," : "，");
    }

    /** Every run of marks reduced to its first, as upstream does before it cuts a text that is not streamed. */
    static String collapseRuns(String text) {
        return RUN.matcher(text).replaceAll("$1");
    }

    static String stripLineFeeds(String text) {
        return strip(text, '\n');
    }

    /** The text without that character at its start and end. */
    static String strip(String text, char unwanted) {
        int start = 0;
        int end = text.length();
        while (start < end && text.charAt(start) == unwanted) {
            start++;
        }
        while (end > start && text.charAt(end - 1) == unwanted) {
            end--;
        }
        return text.substring(start, end);
    }
}
