package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Map;

/** Tensors over rows of the caches of keys and values, by the graph's names: as inputs, and as outputs written to the same place. */
record CacheView(Map<String, Tensor> inputs, Map<String, Tensor> outputs) implements AutoCloseable {
    @Override
    public void close() {
        inputs.values().forEach(Tensor::close);
    }
}
