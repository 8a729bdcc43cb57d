package io.utter.model.ort;

import ai.onnxruntime.OnnxTensor;

/** A tensor of the official Java API. */
record JavaTensor(OnnxTensor value) implements Tensor {
    @Override
    public void close() {
        value.close();
    }
}
