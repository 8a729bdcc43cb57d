package io.utter.model.ort;

/**
 * Values of one shape, for the sessions of the same runtime. Closed once by whoever asked a {@link Session} for it, when no run uses it any
 * more. Safe for use by many threads.
 */
public sealed interface Tensor extends AutoCloseable permits JavaTensor, NativeTensor {

    /** Gives back what the tensor is made of; memory that it was laid over stays its owner's. */
    @Override
    void close();
}
