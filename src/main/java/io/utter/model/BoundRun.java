package io.utter.model;

import io.utter.model.ort.Binding;
import io.utter.model.ort.Tensor;
import java.util.List;

/**
 * A run of the transformer on a device, prepared, with what it reads and writes.
 *
 * @param tensors beside the caches
 */
record BoundRun(Binding binding, List<Tensor> tensors, CacheView view) implements AutoCloseable {
    void run() {
        binding.run();
    }

    @Override
    public void close() {
        binding.close();
        tensors.forEach(Tensor::close);
        view.close();
    }
}
