package io.utter.importer;

import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Dense;
import io.utter.importer.graph.GraphBuilder;
import io.utter.importer.graph.Precision;
import io.utter.importer.graph.RuntimeOperators;
import io.utter.importer.graph.Value;
import io.utter.importer.graph.WeightFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The attention of one layer of a prefill alone, written twice: as the one operator that our graphs use, and as the operators that it stands
 * for. Inputs {@code query}, {@code key}, {@code value} [1, rows, heads * width], {@code mask} [1, 1, rows, rows]; output {@code attended}.
 */
public final class AttentionGraphs {
    private AttentionGraphs() {}

    /**
     * Writes {@code fused.onnx}, {@code unfused.onnx}, and {@code unmasked.onnx}, which is fused and leaves the mask unread.
     *
     * @param precision of all inputs and of the result
     */
    public static void write(Path folder, int heads, int width, Precision precision) throws IOException {
        try (WeightFile none = new WeightFile(folder.resolve("attention.weights"), false)) {
            GraphBuilder fused = new GraphBuilder("fused", none, Arithmetic.of(precision));
            Inputs in = new Inputs(fused, heads, width);
            Value attended = new RuntimeOperators(fused).multiHeadAttention(in.query, in.key, in.value, in.mask, heads, "fused").getFirst();
            fused.reducedOutput("attended", attended, 1, "rows", heads * width);
            fused.write(folder.resolve("fused.onnx"));

            GraphBuilder whole = new GraphBuilder("unmasked", none, Arithmetic.of(precision));
            in = new Inputs(whole, heads, width);
            attended = new RuntimeOperators(whole).multiHeadAttention(in.query, in.key, in.value, Value.NONE, heads, "whole").getFirst();
            whole.reducedOutput("attended", attended, 1, "rows", heads * width);
            whole.write(folder.resolve("unmasked.onnx"));

            GraphBuilder g = new GraphBuilder("unfused", none, Arithmetic.of(precision));
            in = new Inputs(g, heads, width);
            Value scale = g.operand("scale", Dense.of((float) (1 / Math.sqrt(width))));
            Value scores = g.matMul(g.mul(g.splitHeads(in.query, heads, width), scale), g.splitHeadsTransposed(in.key, heads, width));
            Value weights = g.softmax(g.add(scores, in.mask), 3);
            attended = g.joinHeads(g.matMul(weights, g.splitHeads(in.value, heads, width)), heads * width);
            g.reducedOutput("attended", attended, 1, "rows", heads * width);
            g.write(folder.resolve("unfused.onnx"));
        }
    }

    private static final class Inputs {
        private final Value query;
        private final Value key;
        private final Value value;
        private final Value mask;

        Inputs(GraphBuilder g, int heads, int width) {
            query = g.reducedInput("query", 1, "rows", heads * width);
            key = g.reducedInput("key", 1, "rows", heads * width);
            value = g.reducedInput("value", 1, "rows", heads * width);
            mask = g.reducedInput("mask", 1, 1, "rows", "rows");
        }
    }
}
