package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Binding;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.Session;
import io.utter.model.ort.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One graph, with the errors of the runtime turned into ours. Safe for use by many threads. */
final class Network implements AutoCloseable {
    private final Session session;
    private final String name;

    /** @param session closed with this */
    Network(String name, Session session) {
        this.name = name;
        this.session = session;
    }

    /**
     * Runs the graph once.
     *
     * @param inputs every input by name
     * @param outputs names of those that are wanted, of floats
     */
    Map<String, float[]> run(Map<String, Tensor> inputs, String... outputs) {
        return inference(() -> session.run(inputs, Set.of(outputs)));
    }

    /**
     * Prepares runs that write into tensors of the caller. An output may be the very tensor of an input.
     *
     * @param inputs every input by name
     * @param outputs those that are wanted
     */
    Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        return inference(() -> session.bind(inputs, outputs));
    }

    /** Runs the graph on what is in the tensors of a binding of it. */
    void run(Binding binding) {
        try {
            binding.run();
        } catch (OrtFailure e) {
            throw failed(e);
        }
    }

    private <T> T inference(Supplier<T> call) {
        try {
            return call.get();
        } catch (OrtFailure e) {
            throw failed(e);
        }
    }

    private UtterException.Failed failed(OrtFailure e) {
        return new UtterException.Failed("inference_failed", "graph " + name + " failed: " + e.getMessage(), e);
    }

    /** A tensor with memory of its own. */
    Tensor floats(float[] values, long... shape) {
        return floats(List.of(values), shape);
    }

    /** A tensor with memory of its own, which holds one part after the other. */
    Tensor floats(List<float[]> parts, long... shape) {
        return inference(() -> session.floats(parts, shape));
    }

    /** A tensor that is the first of this memory, which must outlive it. */
    Tensor floats(MemorySegment memory, long... shape) {
        return inference(() -> session.floats(memory, shape));
    }

    /** A tensor with memory of its own. */
    Tensor longs(long[] values, long... shape) {
        return inference(() -> session.longs(values, shape));
    }

    /** A tensor that is the first of this memory, which must outlive it. */
    Tensor longs(MemorySegment memory, long... shape) {
        return inference(() -> session.longs(memory, shape));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtFailure e) {
            throw new UtterException.Failed("model_unloadable", "graph " + name + " does not close: " + e.getMessage(), e);
        }
    }
}
