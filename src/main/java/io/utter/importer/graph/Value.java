package io.utter.importer.graph;

/**
 * A tensor inside a graph under construction: an input, a weight, or what a node produces.
 *
 * @param reduced whether it is a weight of a product that runs in reduced precision; no other tensor is of that type
 */
public record Value(String name, boolean reduced) {
    Value(String name) {
        this(name, false);
    }
}
