package io.utter.model.ort;

/**
 * A run prepared once: which tensors a graph reads and which it writes. Belongs to one thread at a time. Its tensors are the caller's, and
 * their memory must stay until it is closed.
 */
public sealed interface Binding extends AutoCloseable permits JavaBinding, NativeBinding {

    /**
     * Runs the graph on what is in the inputs now.
     *
     * @throws OrtFailure if the runtime refuses or fails; outputs may then hold anything
     */
    void run();

    @Override
    void close();
}
