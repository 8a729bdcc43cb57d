package io.utter.importer.graph;

/**
 * How a graph's products are computed.
 *
 * @param precision of their operands and results
 * @param imitated whether they run in single precision on operands that were rounded, and have their results rounded: the figures of a
 *     processor that has products of that type and sums them in single precision, on one whose own are missing or slow
 */
public record Arithmetic(Precision precision, boolean imitated) {
    public static final Arithmetic SINGLE = of(Precision.FP32);

    public static Arithmetic of(Precision precision) {
        return new Arithmetic(precision, false);
    }

    public static Arithmetic imitating(Precision precision) {
        return new Arithmetic(precision, true);
    }
}
