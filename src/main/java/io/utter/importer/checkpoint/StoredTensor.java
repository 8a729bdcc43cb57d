package io.utter.importer.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor that lies in a mapped checkpoint. Nothing is copied before it is asked for; each call reads anew. Values come in
 * logical order (C order, last axis fastest), wherever they lie in the file.
 *
 * <p>Immutable, usable from any thread, and only until its {@link Checkpoint} is closed: after that reading throws
 * {@link IllegalStateException}.
 */
public final class StoredTensor {
    private static final ValueLayout.OfFloat NATIVE_FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfLong LITTLE_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final DType dtype;
    private final Strides layout;
    private final MemorySegment storage;

    StoredTensor(DType dtype, Strides layout, MemorySegment storage) {
        this.dtype = dtype;
        this.layout = layout;
        this.storage = storage;
    }

    public DType dtype() {
        return dtype;
    }

    /** Extents of the axes; empty for a scalar. */
    public long[] shape() {
        return layout.shape().clone();
    }

    /** Number of axes. */
    public int rank() {
        return layout.shape().length;
    }

    /** Extent of one axis. */
    public long dim(int axis) {
        return layout.shape()[axis];
    }

    public long elementCount() {
        return layout.count();
    }

    /** Whether the shape is the given one. */
    public boolean hasShape(long... shape) {
        return Arrays.equals(layout.shape(), shape);
    }

    /**
     * The values as float32: narrower types widened exactly, wider ones rounded to nearest.
     *
     * @throws CheckpointException when one Java array cannot hold them
     */
    public float[] floats() {
        float[] values = new float[arrayLength(1)];
        copyTo(FloatBuffer.wrap(values));
        return values;
    }

    /** Puts the values as float32 at the buffer's position and advances it. The buffer must have room for all of them. */
    public void copyTo(FloatBuffer target) {
        Widening.read(dtype, layout, storage, target::put);
    }

    /**
     * Writes the values as float32 in the machine's byte order to the start of a segment of at least
     * {@code 4 * elementCount()} bytes.
     */
    public void copyTo(MemorySegment target) {
        long[] at = {0};
        Widening.read(dtype, layout, storage, (values, from, count) -> {
            MemorySegment.copy(values, from, target, NATIVE_FLOAT, at[0], count);
            at[0] += (long) count * Float.BYTES;
        });
    }

    /**
     * The values of a tensor of an integer type.
     *
     * @throws CheckpointException when it is of a floating-point type, or one Java array cannot hold the values
     */
    public long[] longs() {
        if (!dtype.isInteger()) {
            throw new CheckpointException("wrong type: a tensor of whole numbers is stored as " + dtype);
        }
        MemorySegment bytes = bytes();
        long[] values = new long[arrayLength(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = integer(bytes, (long) i * dtype.bytes());
        }
        return values;
    }

    /**
     * The values in their own type, little-endian, in C order: a read-only view of the file where they lie there like this,
     * a copy where they do not.
     */
    public MemorySegment bytes() {
        int width = dtype.bytes();
        if (layout.isContiguous()) {
            return storage.asSlice(layout.offset() * width, layout.count() * width);
        }
        byte[] copy = new byte[arrayLength(width)];
        for (int i = 0; i < copy.length / width; i++) {
            MemorySegment.copy(storage, ValueLayout.JAVA_BYTE, layout.place(i) * width, copy, i * width, width);
        }
        return MemorySegment.ofArray(copy).asReadOnly();
    }

    private long integer(MemorySegment bytes, long at) {
        ByteView view = new ByteView(bytes, "tensor");
        return switch (dtype) {
            case I64 -> bytes.get(LITTLE_LONG, at);
            case I32 -> view.i32(at);
            case I16 -> (short) view.u16(at);
            case I8 -> (byte) view.u8(at);
            case U8 -> view.u8(at);
            case BOOL -> view.u8(at) == 0 ? 0 : 1;
            case F16, BF16, F32, F64 -> throw new IllegalStateException(dtype + " is not an integer type");
        };
    }

    private int arrayLength(int perElement) {
        if (layout.count() > LARGEST_ARRAY / perElement) {
            throw new CheckpointException("too large: a tensor of " + layout.count() + " elements");
        }
        return (int) layout.count() * perElement;
    }

    @Override
    public String toString() {
        return dtype + Arrays.toString(layout.shape());
    }
}
