package io.utter.model.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.Set;

/** Named again at every run, since the official Java API binds nothing. */
record JavaBinding(OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) implements Binding {
    @Override
    public void run() {
        try {
            session.run(inputs, Set.of(), outputs).close();
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }

    @Override
    public void close() {}
}
