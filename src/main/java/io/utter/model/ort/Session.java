package io.utter.model.ort;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A loaded graph. Safe for use by many threads; whoever closes it makes sure that nobody runs it.
 *
 * <p>All methods throw {@link OrtFailure} where the runtime does.
 */
public sealed interface Session extends AutoCloseable permits JavaSession, DeviceSession {

    /** A tensor that is the first of this memory, native and aligned for its elements. It must outlive the tensor and bindings with it. */
    Tensor floats(MemorySegment memory, long... shape);

    /** As {@link #floats(MemorySegment, long...)}, of 64-bit integers. */
    Tensor longs(MemorySegment memory, long... shape);

    /** A tensor with memory of its own that holds these values, one part after the other. */
    Tensor floats(List<float[]> parts, long... shape);

    /** A tensor with memory of its own that holds these values. */
    Tensor longs(long[] values, long... shape);

    /**
     * Runs the graph once.
     *
     * @param inputs every input, by the graph's names
     * @param outputs those that are wanted; their elements are floats
     * @return their values, row by row
     */
    Map<String, float[]> run(Map<String, Tensor> inputs, Set<String> outputs);

    /**
     * Prepares runs whose outputs have known shapes and are written where the caller wants them. An output may be the very tensor of an
     * input: a graph that only changes a part of it then does so in place.
     *
     * @param inputs every input, by the graph's names
     * @param outputs those that are wanted, by the graph's names
     */
    Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs);

    @Override
    void close();
}
