package io.utter.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;

/**
 * Where the native libraries of ONNX Runtime come from. The runtime copies them out of its jar at every start unless the system
 * property {@code onnxruntime.native.path} names a folder that holds them.
 */
final class Natives {
    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "utter");
    }

    private Natives() {}

    /** The process's one environment, made at the first call. */
    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }
}
