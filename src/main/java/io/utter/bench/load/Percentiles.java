package io.utter.bench.load;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Values in order. A percentile is one of them: the smallest that is not exceeded by more than the rest of the share (nearest rank). */
final class Percentiles {
    private final double[] sorted;

    private Percentiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of all values that are finite. */
    static Percentiles of(DoubleStream values) {
        double[] sorted = values.filter(Double::isFinite).toArray();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    /** @param share in (0, 1]; NaN is the answer where there are no values */
    double at(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
