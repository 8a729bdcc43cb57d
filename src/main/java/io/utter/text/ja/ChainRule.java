package io.utter.text.ja;

/**
 * What a word does to the accent of the phrase it joins.
 *
 * @param name the rule, such as {@code C1}; {@code *} for none
 * @param shift a number of moras that belongs to the rule
 */
record ChainRule(String name, int shift) {
    private static final ChainRule NONE = new ChainRule("*", 0);

    /**
     * The rule that applies behind a part of speech. The dictionary's spelling is a list of {@code [part of speech%]rule[@shift]} with
     * slashes between; the first that fits counts.
     */
    static ChainRule after(String partOfSpeech, String spelling) {
        Tokens tokens = new Tokens(spelling);
        while (tokens.delimiter != 0) {
            String token = tokens.next();
            if (tokens.delimiter != '%' || partOfSpeech.contains(token)) {
                String name = tokens.delimiter == '%' ? tokens.next() : token;
                return new ChainRule(name, tokens.delimiter == '@' ? leadingNumber(tokens.next()) : 0);
            }
            while (tokens.delimiter == '%' || tokens.delimiter == '@') {
                tokens.next();
            }
        }
        return NONE;
    }

    /** Some entries lack a slash: 形容詞%F2@-1動詞%F2@0. */
    private static int leadingNumber(String text) {
        int end = text.startsWith("-") ? 1 : 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return Integer.parseInt(text, 0, end, 10);
    }

    private static final class Tokens {
        private final String text;
        private int at;

        /** What ended the token read last; 0 is the end of the text. */
        private char delimiter = ' ';

        Tokens(String text) {
            this.text = text;
        }

        String next() {
            int start = at;
            while (at < text.length() && "%@/".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String token = text.substring(start, at);
            delimiter = at < text.length() ? text.charAt(at++) : 0;
            return token;
        }
    }
}
