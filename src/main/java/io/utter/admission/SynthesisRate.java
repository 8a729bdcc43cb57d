package io.utter.admission;

import java.util.OptionalDouble;

/**
 * How many characters are spoken in a second of busy time, by all streams together: the characters of finished streams over the shares of
 * busy time that those took, of late. Not safe for use by many threads.
 *
 * <p>A batch of many streams is faster than one stream alone, and only while all slots are taken does anyone wait. So what is learned
 * from streams that had the machine nearly to themselves counts only until there is something better: until then waits look longer than
 * they are.
 */
final class SynthesisRate {
    private static final double NANOS = 1e9;
    /** Busy time after which what was learned weighs a third. */
    private static final double MEMORY_SECONDS = 30;

    private final int slots;
    private final Recent busy = new Recent();
    private final Recent quiet = new Recent();

    private static final class Recent {
        private double characters;
        private double seconds;

        void add(int spoken, double took) {
            double kept = Math.exp(-took / MEMORY_SECONDS);
            characters = characters * kept + spoken;
            seconds = seconds * kept + took;
        }

        boolean isKnown() {
            return seconds > 0 && characters > 0;
        }
    }

    SynthesisRate(int slots) {
        this.slots = slots;
    }

    /** A stream of this many characters was spoken in full between two readings. */
    void finished(int characters, BusyClock.Reading from, BusyClock.Reading to) {
        double share = to.shared() - from.shared();
        if (share <= 0) {
            return; // faster than the clock can tell
        }
        double beside = (to.nanoTime() - from.nanoTime()) / NANOS / share; // streams that ran at the same time, on average
        (2 * beside >= slots ? busy : quiet).add(characters, share);
    }

    /** Empty before anything has been spoken. */
    OptionalDouble charactersPerSecond() {
        Recent best = busy.isKnown() ? busy : quiet;
        return best.isKnown() ? OptionalDouble.of(best.characters / best.seconds) : OptionalDouble.empty();
    }
}
