package io.utter.importer.graph;

/** A tensor inside a graph under construction: an input, a weight, or what a node produces. */
public record Value(String name) {}
