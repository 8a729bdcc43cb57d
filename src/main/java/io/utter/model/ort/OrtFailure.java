package io.utter.model.ort;

/** What ONNX Runtime says went wrong. */
public final class OrtFailure extends RuntimeException {

    OrtFailure(String message) {
        super(message);
    }

    OrtFailure(Exception cause) {
        super(cause.getMessage(), cause);
    }
}
