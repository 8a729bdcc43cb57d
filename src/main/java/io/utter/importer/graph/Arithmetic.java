package io.utter.importer.graph;

/**
 * How a graph's products are computed.
 *
 * @param precision of their weights
 * @param form what else is of that precision
 */
public record Arithmetic(Precision precision, Form form) {
    /** What is of the precision beside the weights of products. */
    public enum Form {
        /** The products themselves: their operands and results. */
        COMPUTED,
        /** Nothing: weights are widened while the graph is loaded. */
        STORED,
        /**
         * Operands and results, but only by their values: products run in single precision on operands that were rounded, and have their results
         * rounded. These are the figures of a processor that has products of that type and sums them in single precision, on one whose own are
         * missing or slow.
         */
        IMITATED
    }

    public static final Arithmetic SINGLE = of(Precision.FP32);

    public static Arithmetic of(Precision precision) {
        return new Arithmetic(precision, Form.COMPUTED);
    }

    public static Arithmetic storing(Precision precision) {
        return new Arithmetic(precision, Form.STORED);
    }

    public static Arithmetic imitating(Precision precision) {
        return new Arithmetic(precision, Form.IMITATED);
    }

    /** The same, if it is not a trial, with products in single precision. */
    public Arithmetic onlyStored() {
        return form == Form.COMPUTED ? storing(precision) : this;
    }

    public boolean imitated() {
        return form == Form.IMITATED;
    }
}
