package io.utter.model;

import java.util.Arrays;

/** How far the sequence in each row of a batch is. Belongs to one thread at a time. */
final class RowStates {
    /** By row: positions of the caches that are filled. 0: the row is free. */
    private final int[] lengths;
    /** By row: tokens read, which is the position of the next one. */
    private final int[] tokens;
    /** By row: whether values that are not numbers may be in its caches. Even where nobody looks, nought times them is not nought. */
    private final boolean[] spoilt;

    RowStates(int rows) {
        this.lengths = new int[rows];
        this.tokens = new int[rows];
        this.spoilt = new boolean[rows];
    }

    int length(int row) {
        return lengths[row];
    }

    int tokens(int row) {
        return tokens[row];
    }

    /** Positions that are filled, by row; not a copy. */
    int[] lengths() {
        return lengths;
    }

    /** The longest of the first rows. */
    int longest(int rows) {
        return Arrays.stream(lengths, 0, rows).max().orElse(0);
    }

    /** Rows up to the last one that is not free. */
    int used() {
        int used = lengths.length;
        while (used > 0 && lengths[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** The row is to be filled anew. */
    void begin(int row) {
        lengths[row] = 0;
    }

    /** Whether the row's caches have to be cleared before they are filled anew; then says that they have been. */
    boolean takeSpoilt(int row) {
        boolean was = spoilt[row];
        spoilt[row] = false;
        return was;
    }

    /** A pass over so many positions, of which the last ones were tokens, gave a score. */
    void prefilled(int row, int positions, int prompt, float score) {
        lengths[row] = positions;
        tokens[row] = prompt;
        inspect(row, score);
    }

    /** A step has read a token and gave a score. */
    void advance(int row, float score) {
        lengths[row]++;
        tokens[row]++;
        inspect(row, score);
    }

    private void inspect(int row, float score) {
        spoilt[row] |= Float.isNaN(score);
    }

    void exchange(int a, int b) {
        int length = lengths[a];
        lengths[a] = lengths[b];
        lengths[b] = length;
        int count = tokens[a];
        tokens[a] = tokens[b];
        tokens[b] = count;
        boolean bad = spoilt[a];
        spoilt[a] = spoilt[b];
        spoilt[b] = bad;
    }

    /** The row is free. */
    void forget(int row) {
        lengths[row] = 0;
        tokens[row] = 0;
    }
}
