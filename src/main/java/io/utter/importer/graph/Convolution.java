package io.utter.importer.graph;

/**
 * A one-dimensional convolution that keeps the length, on its way into a graph.
 *
 * @param kernel [out, in, size], weight norm folded
 * @param bias [out], or null where the layer has none
 */
record Convolution(Dense kernel, Dense bias) {

    static Convolution of(Weights weights, String name) {
        Weights layer = weights.at(name);
        return new Convolution(layer.kernel(), layer.has("bias") ? layer.get("bias") : null);
    }

    Value apply(GraphBuilder g, String name, Value x) {
        return apply(g, name, x, 1);
    }

    /** @param x [batch, in, time] */
    Value apply(GraphBuilder g, String name, Value x, int dilation) {
        return g.convSame(x, g.operand(name, kernel), bias == null ? null : g.operand(name + ".bias", bias), kernel.extent(2), dilation);
    }

    /** @param x [batch, in, rows, time]: each row for itself */
    Value applyInRows(GraphBuilder g, String name, Value x, int dilation) {
        Value row = g.operand(name, kernel.reshaped(kernel.extent(0), kernel.extent(1), 1, kernel.extent(2)));
        return g.convSameInRows(x, row, bias == null ? null : g.operand(name + ".bias", bias), kernel.extent(2), dilation);
    }

    /** The same in single precision, whatever other products run in. */
    Value applyExactly(GraphBuilder g, String name, Value x) {
        return g.convSame(x, g.weight(name, kernel), bias == null ? null : g.weight(name + ".bias", bias), kernel.extent(2), 1);
    }

    /** The layer as it acts on a vector that is the same at all times: only for pointwise ones. */
    Linear pointwise() {
        return new Linear(kernel.transposed(), bias);
    }
}
