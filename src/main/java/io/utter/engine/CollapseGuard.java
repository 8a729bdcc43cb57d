package io.utter.engine;

import java.util.OptionalInt;

/**
 * Watches the tokens of an utterance for a collapse: one token or a short pattern over and over, with which the model would otherwise
 * go on until its limit. Looks at the sequence's structure only, in constant time per token (rules: spec/peers-measured.md 2).
 */
final class CollapseGuard {
    private static final int LONGEST_PERIOD = 8;

    private final int phones;
    private final int[] counts;
    private final int[] recent = new int[LONGEST_PERIOD];
    /** By period: how many tokens in a row equal the one that many before. */
    private final int[] repeating = new int[LONGEST_PERIOD + 1];
    private int length;
    private int mostFrequent;

    /** @param phones phones of the utterance: what a plausible length is measured by */
    CollapseGuard(int phones, int vocabulary) {
        this.phones = phones;
        this.counts = new int[vocabulary];
    }

    /**
     * Takes the next token.
     *
     * @return if the utterance has collapsed: how many of its tokens came before the repetition
     */
    OptionalInt add(int token) {
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            boolean same = length >= period && recent[(length - period) % LONGEST_PERIOD] == token;
            repeating[period] = same ? repeating[period] + 1 : 0;
        }
        recent[length % LONGEST_PERIOD] = token;
        length++;
        mostFrequent = Math.max(mostFrequent, ++counts[token]);

        int run = repeating[1] + 1; // equal tokens in a row
        int period = longestPeriodic();
        int periodic = repeating[period] + period; // tokens covered by a pattern of that period
        double share = mostFrequent / (double) length;

        boolean collapsed = run >= 48
                || run >= 32 && run >= 0.18 * length
                || repeating[period] > 0 && periodic >= 64
                || length >= 64 && share >= 0.55
                || length > Math.max(96, 4 * phones) && (share >= 0.35 || run >= 20 || repeating[period] > 0 && periodic >= 32);
        if (!collapsed) {
            return OptionalInt.empty();
        }
        int repeated = repeating[period] > 0 ? repeating[period] : 0;
        return OptionalInt.of(length - repeated);
    }

    private int longestPeriodic() {
        int best = 1;
        for (int period = 2; period <= LONGEST_PERIOD; period++) {
            if (repeating[period] > repeating[best]) {
                best = period;
            }
        }
        return best;
    }
}
