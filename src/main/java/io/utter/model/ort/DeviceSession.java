package io.utter.model.ort;

import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A graph loaded for a {@link Device}, in whose memory its tensors can lie. */
public sealed interface DeviceSession extends Session permits NativeSession {

    /** As {@link #floats(MemorySegment, long...)}, of 32-bit integers. */
    Tensor ints(MemorySegment memory, long... shape);

    /** A tensor over a part of a device's memory, which must outlive it. */
    Tensor over(Block block, long offset, ElementType type, long... shape);

    /**
     * As {@link #bind}, of tensors whose memory and extents stay: the first run is captured, and later ones are replayed, where the session was
     * opened for that.
     *
     * @param id of the capture, at least 1; bindings of the same session have different ones
     */
    Binding bindCaptured(Map<String, Tensor> inputs, Map<String, Tensor> outputs, int id);
}
