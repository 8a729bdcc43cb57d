package io.utter.importer.graph;

import java.util.function.Function;

/**
 * The weights of one network, by name below a prefix: {@code weights.at("flow.flows.0").get("pre.weight")} is
 * {@code flow.flows.0.pre.weight}.
 */
public final class Weights {
    private final Function<String, Dense> source;
    private final String prefix;

    /** @param source gives the tensor of a full name, or null where there is none */
    public Weights(Function<String, Dense> source) {
        this(source, "");
    }

    private Weights(Function<String, Dense> source, String prefix) {
        this.source = source;
        this.prefix = prefix;
    }

    public Weights at(String name) {
        return new Weights(source, prefix + name + ".");
    }

    public boolean has(String name) {
        return source.apply(prefix + name) != null;
    }

    /** @throws MissingWeightException if the checkpoint has no such tensor */
    public Dense get(String name) {
        Dense tensor = source.apply(prefix + name);
        if (tensor == null) {
            throw new MissingWeightException(prefix + name);
        }
        return tensor;
    }

    /** The weight of a layer that may be weight-normed: {@code weight}, or {@code weight_g} and {@code weight_v} folded. */
    public Dense kernel() {
        return has("weight_v") ? Dense.weightNormed(get("weight_g"), get("weight_v")) : get("weight");
    }

    /** How many of {@code name.0}, {@code name.1}, ... there are, told by the tensor {@code member} in each. */
    public int countOf(String name, String member) {
        int n = 0;
        while (has(name + "." + n + "." + member)) {
            n++;
        }
        return n;
    }

    String nameOf(String name) {
        return prefix + name;
    }

    /** A checkpoint lacks a tensor that its network needs. */
    public static final class MissingWeightException extends RuntimeException {
        MissingWeightException(String name) {
            super("tensor " + name + " is missing");
        }
    }
}
