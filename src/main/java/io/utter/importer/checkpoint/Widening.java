package io.utter.importer.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Stored elements to float32, a block at a time. Blocks go through small arrays: loops over arrays are what the JIT compiler turns
 * into vector instructions (F16C, AVX-512, NEON), whatever the alignment of the file.
 */
final class Widening {
    private static final int BLOCK = 8192;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Takes consecutive values; the array is used again for the next block. */
    interface Sink {
        void accept(float[] values, int from, int count);
    }

    private Widening() {}

    /** Hands all elements of a tensor to a sink, in C order. */
    static void read(DType dtype, Strides layout, MemorySegment storage, Sink sink) {
        if (layout.isContiguous()) {
            readRun(dtype, storage, layout.offset(), layout.count(), sink);
            return;
        }
        int lastAxis = layout.shape().length - 1;
        long rowLength = layout.shape()[lastAxis];
        long step = layout.strides()[lastAxis];
        for (long row = 0; row < layout.count(); row += rowLength) {
            readRow(dtype, storage, layout.place(row), step, rowLength, sink);
        }
    }

    private static void readRun(DType dtype, MemorySegment storage, long start, long count, Sink sink) {
        short[] shorts = new short[BLOCK];
        float[] floats = new float[BLOCK];
        for (long at = start; at < start + count; at += BLOCK) {
            int block = (int) Math.min(BLOCK, start + count - at);
            long byteOffset = at * dtype.bytes();
            switch (dtype) {
                case F32 -> MemorySegment.copy(storage, FLOAT, byteOffset, floats, 0, block);
                case F16 -> {
                    MemorySegment.copy(storage, SHORT, byteOffset, shorts, 0, block);
                    widenHalf(shorts, floats, block);
                }
                case BF16 -> {
                    MemorySegment.copy(storage, SHORT, byteOffset, shorts, 0, block);
                    widenBrain(shorts, floats, block);
                }
                default -> {
                    for (int i = 0; i < block; i++) {
                        floats[i] = element(dtype, storage, at + i);
                    }
                }
            }
            sink.accept(floats, 0, block);
        }
    }

    private static void readRow(DType dtype, MemorySegment storage, long start, long step, long count, Sink sink) {
        float[] floats = new float[(int) Math.min(BLOCK, count)];
        for (long done = 0; done < count; done += floats.length) {
            int block = (int) Math.min(floats.length, count - done);
            for (int i = 0; i < block; i++) {
                floats[i] = element(dtype, storage, start + (done + i) * step);
            }
            sink.accept(floats, 0, block);
        }
    }

    private static void widenHalf(short[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = Float.float16ToFloat(from[i]);
        }
    }

    private static void widenBrain(short[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = Float.intBitsToFloat(from[i] << 16);
        }
    }

    private static float element(DType dtype, MemorySegment storage, long number) {
        long at = number * dtype.bytes();
        return switch (dtype) {
            case F16 -> Float.float16ToFloat(storage.get(SHORT, at));
            case BF16 -> Float.intBitsToFloat(storage.get(SHORT, at) << 16);
            case F32 -> storage.get(FLOAT, at);
            case F64 -> (float) storage.get(DOUBLE, at);
            case I64 -> storage.get(LONG, at);
            case I32 -> storage.get(INT, at);
            case I16 -> storage.get(SHORT, at);
            case I8 -> storage.get(ValueLayout.JAVA_BYTE, at);
            case U8 -> Byte.toUnsignedInt(storage.get(ValueLayout.JAVA_BYTE, at));
            case BOOL -> storage.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
        };
    }
}
