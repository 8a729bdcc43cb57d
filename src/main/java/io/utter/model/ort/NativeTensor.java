package io.utter.model.ort;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** An {@code OrtValue}: over memory of its maker's, which it keeps from being collected, or over memory of its own. */
final class NativeTensor implements Tensor {
    private final Handle handle;
    private final MemorySegment memory;

    private NativeTensor(MemorySegment value, MemorySegment memory) {
        this.handle = new Handle(value, OrtApi::releaseValue);
        this.memory = memory;
    }

    /** @param info says whose memory it is */
    static NativeTensor over(MemorySegment info, MemorySegment memory, int elementType, long... shape) {
        return new NativeTensor(OrtApi.createTensorWithDataAsOrtValue(info, memory, elementType, shape), memory);
    }

    private static NativeTensor allocate(int elementType, long... shape) {
        return of(OrtApi.createTensorAsOrtValue(OrtProcess.allocator(), elementType, shape));
    }

    /** A value that the runtime has made, the tensor's from now on. */
    static NativeTensor of(MemorySegment value) {
        return new NativeTensor(value, OrtApi.getTensorMutableData(value));
    }

    static NativeTensor holding(List<float[]> parts, long... shape) {
        NativeTensor tensor = allocate(ElementType.FLOAT.number, shape);
        long offset = 0;
        for (float[] part : parts) {
            MemorySegment.copy(part, 0, tensor.memory, ValueLayout.JAVA_FLOAT, offset, part.length);
            offset += (long) part.length * Float.BYTES;
        }
        return tensor;
    }

    static NativeTensor holding(long[] values, long... shape) {
        NativeTensor tensor = allocate(ElementType.INT64.number, shape);
        MemorySegment.copy(values, 0, tensor.memory, ValueLayout.JAVA_LONG, 0, values.length);
        return tensor;
    }

    /** The {@code OrtValue}. */
    MemorySegment value() {
        return handle.address();
    }

    float[] floats() {
        return memory.toArray(ValueLayout.JAVA_FLOAT);
    }

    @Override
    public void close() {
        handle.close();
    }
}
