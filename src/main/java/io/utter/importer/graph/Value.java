package io.utter.importer.graph;

/**
 * A tensor inside a graph under construction: an input, a weight, or what a node produces.
 *
 * @param reduced whether it is of the reduced type in which the graph's products run
 */
public record Value(String name, boolean reduced) {
    /** In place of an input that an operator can do without. */
    public static final Value NONE = new Value("");

    Value(String name) {
        this(name, false);
    }
}
