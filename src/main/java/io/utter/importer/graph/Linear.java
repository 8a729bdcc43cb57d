package io.utter.importer.graph;

/**
 * A linear layer on its way into a graph: {@code y = x matrix + bias}.
 *
 * @param matrix [in, out]
 * @param bias [out]
 */
record Linear(Dense matrix, Dense bias) {

    /** The layer {@code weights.name}, stored as [out, in] or, as a pointwise convolution, [out, in, 1]. */
    static Linear of(Weights weights, String name) {
        return new Linear(weights.get(name + ".weight").transposed(), weights.get(name + ".bias"));
    }

    /** This layer and then {@code next}, as one. */
    Linear then(Linear next) {
        return new Linear(matrix.matMul(next.matrix), bias.reshaped(1, bias.values().length).matMul(next.matrix)
                .reshaped(next.bias.shape()).plus(next.bias));
    }

    Linear times(float factor) {
        return new Linear(matrix.times(factor), bias.times(factor));
    }

    /** @param x [..., in] */
    Value apply(GraphBuilder g, String name, Value x) {
        return g.add(g.matMul(x, g.operand(name, matrix)), g.weight(name + ".bias", bias));
    }
}
