package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.OnnxRuntime;
import io.utter.model.ort.OrtFailure;
import java.nio.file.Path;

/** A graph as ONNX Runtime has it once it is loaded. */
public final class PackedGraph {
    private PackedGraph() {}

    /**
     * Writes a graph as it is once it has been loaded for the processor: with its weights, and with what kernels have packed of them.
     *
     * @param target the file of the graph to write
     * @param weights name of the file for the weights, beside it
     * @throws UtterException.Failed if the graph cannot be loaded or written
     */
    public static void save(Path graph, Path target, String weights) {
        try {
            OnnxRuntime.savePacked(graph, target, weights);
        } catch (OrtFailure e) {
            throw new UtterException.Failed("model_unloadable", "the weights of " + graph.getFileName() + " cannot be packed: " + e.getMessage(), e);
        }
    }
}
