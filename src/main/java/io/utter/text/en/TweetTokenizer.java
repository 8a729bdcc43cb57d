package io.utter.text.en;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words and marks of normalised text. Of the many kinds of token that nltk's TweetTokenizer knows, these can occur in the letters
 * and marks that {@link EnglishNormalizer} leaves: host names ({@code www.example.com}), words with apostrophes and hyphens inside,
 * and single marks.
 */
final class TweetTokenizer {
    private static final int LONGEST_TOP_LEVEL_DOMAIN = 13;

    /** More than three of the same mark count as three. */
    private static final Pattern LONG_RUN = Pattern.compile("([^A-Za-z])\\1{3,}");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    /** No host name starts before this position. */
    private int noHostBefore;

    private TweetTokenizer(String text) {
        this.text = text;
    }

    static List<String> tokenize(String normalized) {
        return new TweetTokenizer(LONG_RUN.matcher(normalized).replaceAll("$1$1$1")).scan();
    }

    private List<String> scan() {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == ' ') {
                at++;
            } else {
                int end = isLetter(at) ? wordEnd(at) : at + 1;
                tokens.add(text.substring(at, end));
                at = end;
            }
        }
        return tokens;
    }

    private int wordEnd(int start) {
        int host = hostEnd(start);
        if (host > start) {
            return host;
        }
        int compound = start;
        int letters = start;
        for (int at = start; at < text.length() && (isLetter(at) || isAt(at, '\'') || isAt(at, '-')); at++) {
            if (isLetter(at)) {
                compound = at + 1;
                letters = letters == at ? at + 1 : letters;
            }
        }
        return compound - start > 2 ? compound : letters;
    }

    /**
     * The end of the longest host name that starts here, or the start itself if there is none: labels joined by dots and hyphens,
     * the last one behind a dot and of 2 to 13 letters.
     */
    private int hostEnd(int start) {
        if (start < noHostBefore) {
            return start;
        }
        int end = start;
        int label = start;
        int at = start;
        while (isLetter(at)) {
            while (isLetter(at)) {
                at++;
            }
            int length = at - label;
            if (label > start && isAt(label - 1, '.') && length >= 2 && length <= LONGEST_TOP_LEVEL_DOMAIN) {
                end = at;
            }
            if ((isAt(at, '.') || isAt(at, '-')) && isLetter(at + 1)) {
                at++;
                label = at;
            }
        }
        noHostBefore = end > start ? end : at;
        return end;
    }

    private boolean isLetter(int at) {
        return at < text.length() && Character.isLetter(text.charAt(at));
    }

    private boolean isAt(int at, char mark) {
        return at < text.length() && text.charAt(at) == mark;
    }
}
