package io.utter.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.utter.error.UtterException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** One ONNX session on the CPU, with the errors of the runtime turned into ours. Safe for use by many threads. */
final class Network implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String name;

    /** @param threads how many threads one run may use */
    Network(Path file, int threads) {
        this.environment = Natives.environment();
        this.name = file.getFileName().toString();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setMemoryPatternOptimization(false); // shapes vary: a plan per shape would never be used again
            options.addConfigEntry("session.force_spinning_stop", "1"); // no CPU time is billed between runs
            options.addConfigEntry("session.set_denormal_as_zero", "1");
            this.session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new UtterException.Failed("model_unloadable", "graph " + name + " does not load: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the graph.
     *
     * @param inputs every input by name
     * @param pinned outputs to be written into tensors of the caller
     * @return the outputs that are not pinned; the caller closes it
     */
    OrtSession.Result run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
        try {
            return pinned.isEmpty() ? session.run(inputs) : session.run(inputs, Set.of(), pinned);
        } catch (OrtException e) {
            throw new UtterException.Failed("inference_failed", "graph " + name + " failed: " + e.getMessage(), e);
        }
    }

    OnnxTensor floats(float[] values, long... shape) {
        FloatBuffer buffer = floatBuffer(values.length).put(values).flip();
        return floats(buffer, shape);
    }

    /** A tensor that is the buffer's memory. */
    OnnxTensor floats(FloatBuffer direct, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, direct, shape);
        } catch (OrtException e) {
            throw new UtterException.Failed("inference_failed", e.getMessage(), e);
        }
    }

    OnnxTensor longs(long[] values, long... shape) {
        LongBuffer buffer = longBuffer(values.length).put(values).flip();
        return longs(buffer, shape);
    }

    OnnxTensor longs(LongBuffer direct, long... shape) {
        try {
            return OnnxTensor.createTensor(environment, direct, shape);
        } catch (OrtException e) {
            throw new UtterException.Failed("inference_failed", e.getMessage(), e);
        }
    }

    static FloatBuffer floatBuffer(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, OnnxJavaType.FLOAT.size)).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    static LongBuffer longBuffer(int count) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, OnnxJavaType.INT64.size)).order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    static float[] array(OrtSession.Result result, String output) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new UtterException.Failed("model_unloadable", "graph " + name + " does not close: " + e.getMessage(), e);
        }
    }
}
