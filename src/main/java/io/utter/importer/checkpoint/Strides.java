package io.utter.importer.checkpoint;

import java.util.Arrays;

/**
 * How the elements of a tensor lie in its storage: element {@code [i, j, ...]} is number {@code offset + i*stride0 + j*stride1 + ...}.
 * An instance is proof that every element lies inside a storage of the given length, and that the tensor has no more elements
 * than its storage.
 */
record Strides(long[] shape, long offset, long[] strides) {
    /** PyTorch stops at 64; networks need 4. */
    private static final int MOST_DIMENSIONS = 16;

    static Strides checked(long[] shape, long offset, long[] strides, long storageLength) {
        if (shape.length != strides.length || shape.length > MOST_DIMENSIONS) {
            throw new CheckpointException("damaged: a tensor of %d dimensions with %d strides".formatted(shape.length, strides.length));
        }
        if (Arrays.stream(shape).anyMatch(dim -> dim < 0) || Arrays.stream(strides).anyMatch(step -> step < 0) || offset < 0) {
            throw outside(shape, storageLength);
        }
        Strides layout = new Strides(shape, offset, strides);
        try {
            if (layout.count() > storageLength || layout.end() > storageLength) {
                throw outside(shape, storageLength);
            }
        } catch (ArithmeticException _) {
            throw outside(shape, storageLength);
        }
        return layout;
    }

    long count() {
        if (isEmpty()) {
            return 0;
        }
        long count = 1;
        for (long dim : shape) {
            count = Math.multiplyExact(count, dim);
        }
        return count;
    }

    /** Whether the elements lie one after the other in C order. */
    boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            if (shape[axis] != 1 && strides[axis] != expected) {
                return isEmpty();
            }
            expected *= shape[axis];
        }
        return true;
    }

    /** Place of the element with the given number in C order. */
    long place(long number) {
        long place = offset;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place += number % shape[axis] * strides[axis];
            number /= shape[axis];
        }
        return place;
    }

    private boolean isEmpty() {
        return Arrays.stream(shape).anyMatch(dim -> dim == 0);
    }

    /** One past the last place in use; the offset of an empty tensor must be real all the same. */
    private long end() {
        long last = offset;
        for (int axis = 0; axis < shape.length && !isEmpty(); axis++) {
            last = Math.addExact(last, Math.multiplyExact(shape[axis] - 1, strides[axis]));
        }
        return isEmpty() ? last : Math.addExact(last, 1);
    }

    private static CheckpointException outside(long[] shape, long storageLength) {
        return new CheckpointException("damaged: a tensor of shape %s reaches outside its storage of %d elements"
                .formatted(Arrays.toString(shape), storageLength));
    }
}
