package io.utter.model.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A session of the official Java API, on the CPU. Memory of tensors with memory of their own goes with the garbage. */
final class JavaSession implements Session {
    private final OrtEnvironment environment;
    private final OrtSession session;

    JavaSession(Path graph, int threads) {
        this(graph, threads, Map.of());
    }

    /** @param more entries of its configuration besides those of all sessions */
    JavaSession(Path graph, int threads, Map<String, String> more) {
        this(graph, threads, more, options -> { });
    }

    private JavaSession(Path graph, int threads, Map<String, String> more, Setting setting) {
        this.environment = Natives.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(SessionConfig.NODES_AT_ONCE);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setMemoryPatternOptimization(false);
            for (Map.Entry<String, String> entry : SessionConfig.ENTRIES.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            for (Map.Entry<String, String> entry : more.entrySet()) {
                options.addConfigEntry(entry.getKey(), entry.getValue());
            }
            setting.of(options);
            this.session = environment.createSession(graph.toString(), options);
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }

    private interface Setting {
        void of(OrtSession.SessionOptions options) throws OrtException;
    }

    /**
     * Writes the graph as it is when it has been loaded, with its weights, and with the forms of them that kernels have packed for themselves.
     *
     * @param target the graph's new file
     * @param weights name of a file beside it
     */
    static void savePacked(Path graph, Path target, String weights) {
        new JavaSession(graph, 1, SessionConfig.saving(weights), options -> options.setOptimizedModelFilePath(target.toString())).close();
    }

    @Override
    public Tensor floats(MemorySegment memory, long... shape) {
        return tensor(memory.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer(), shape);
    }

    @Override
    public Tensor longs(MemorySegment memory, long... shape) {
        return tensor(memory.asByteBuffer().order(ByteOrder.nativeOrder()).asLongBuffer(), shape);
    }

    @Override
    public Tensor floats(List<float[]> parts, long... shape) {
        int count = parts.stream().mapToInt(part -> part.length).sum();
        FloatBuffer all = direct(count, Float.BYTES).asFloatBuffer();
        parts.forEach(all::put);
        return tensor(all.flip(), shape);
    }

    @Override
    public Tensor longs(long[] values, long... shape) {
        return tensor(direct(values.length, Long.BYTES).asLongBuffer().put(values).flip(), shape);
    }

    private static ByteBuffer direct(int count, int size) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(count, size)).order(ByteOrder.nativeOrder());
    }

    private Tensor tensor(FloatBuffer direct, long... shape) {
        try {
            return new JavaTensor(OnnxTensor.createTensor(environment, direct, shape));
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }

    private Tensor tensor(LongBuffer direct, long... shape) {
        try {
            return new JavaTensor(OnnxTensor.createTensor(environment, direct, shape));
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }

    @Override
    public Map<String, float[]> run(Map<String, Tensor> inputs, Set<String> outputs) {
        try (OrtSession.Result result = session.run(values(inputs), outputs)) {
            Map<String, float[]> arrays = new HashMap<>();
            for (String name : outputs) {
                FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
                float[] array = new float[buffer.remaining()];
                buffer.get(array);
                arrays.put(name, array);
            }
            return arrays;
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }

    @Override
    public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        return new JavaBinding(session, values(inputs), values(outputs));
    }

    private static Map<String, OnnxTensor> values(Map<String, Tensor> tensors) {
        Map<String, OnnxTensor> values = HashMap.newHashMap(tensors.size());
        tensors.forEach((name, tensor) -> values.put(name, ((JavaTensor) tensor).value()));
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new OrtFailure(e);
        }
    }
}
