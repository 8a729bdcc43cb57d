package io.utter.model;

import java.util.List;
import java.util.stream.IntStream;

/** The few lengths that windows take on devices, in frames that are wanted: each is captured once, and compiled engines are made for all of them. */
final class WindowLengths {
    static final int SHORTEST = 10;
    /** By how much each is longer than the one before. */
    private static final double GROWTH = 1.35;
    /** What is longer is made in pieces: memory is bounded by this. The longest of usual chunks, and what is joined to the next, fits in. */
    static final int LONGEST = fitting(152);

    private WindowLengths() {}

    /** The shortest length that has so many wanted frames. */
    static int fitting(int wanted) {
        int length = SHORTEST;
        while (length < wanted) {
            length = (int) Math.ceil(length * GROWTH);
        }
        return length;
    }

    /** From the shortest to the longest. */
    static List<Integer> all() {
        return IntStream.iterate(SHORTEST, length -> length <= LONGEST, length -> fitting(length + 1)).boxed().toList();
    }

    /** Windows of the smallest run that has so many: runs are of powers of two, so that there are few of them, too. */
    static int windows(int wanted) {
        return wanted == 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }
}
