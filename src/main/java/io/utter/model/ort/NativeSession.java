package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** An {@code OrtSession} of the C API. Memory of tensors goes when they are closed. */
final class NativeSession implements DeviceSession {
    /** The run option that names a capture, and what says that there is to be none. */
    private static final String CAPTURE = "gpu_graph_id";
    private static final String NO_CAPTURE = "-1";

    private final Handle session;
    /** Where blocks' memory is. */
    private final MemorySegment memoryInfo;
    private final RunEntries runEntries;

    /**
     * Options of bound runs.
     *
     * @param entries of all
     * @param captured whether runs can be captured: then each says which capture it is
     */
    record RunEntries(Map<String, String> entries, boolean captured) {
        static final RunEntries NONE = new RunEntries(Map.of(), false);

        private Map<String, String> with(String capture) {
            Map<String, String> all = new HashMap<>(entries);
            if (captured) {
                all.put(CAPTURE, capture);
            }
            return all;
        }
    }

    /**
     * On the CPU.
     *
     * @param more entries of its configuration besides those of all sessions
     */
    NativeSession(Path graph, int threads, Map<String, String> more) {
        this(graph, threads, options -> more.forEach((key, value) -> OrtApi.addSessionConfigEntry(options, key, value)), OrtProcess.cpu(),
                RunEntries.NONE);
    }

    /**
     * @param providers adds to the session's options what is to run the graph before the CPU
     * @param memoryInfo of the memory that {@link #over} is about
     * @param runEntries options of bound runs
     */
    NativeSession(Path graph, int threads, Consumer<MemorySegment> providers, MemorySegment memoryInfo, RunEntries runEntries) {
        this.memoryInfo = memoryInfo;
        this.runEntries = runEntries;
        try (Handle options = new Handle(OrtApi.createSessionOptions(), OrtApi::releaseSessionOptions)) {
            MemorySegment address = options.address();
            OrtApi.setIntraOpNumThreads(address, threads);
            OrtApi.setInterOpNumThreads(address, SessionConfig.NODES_AT_ONCE);
            OrtApi.setSessionLogSeverityLevel(address, SessionConfig.LOG_ERRORS);
            OrtApi.disableMemPattern(address);
            SessionConfig.ENTRIES.forEach((key, value) -> OrtApi.addSessionConfigEntry(address, key, value));
            providers.accept(address);
            this.session = new Handle(OrtApi.createSession(OrtProcess.environment(), graph, address), OrtApi::releaseSession);
        }
    }

    @Override
    public Tensor floats(MemorySegment memory, long... shape) {
        return NativeTensor.over(OrtProcess.cpu(), memory, ElementType.FLOAT.number, shape);
    }

    @Override
    public Tensor longs(MemorySegment memory, long... shape) {
        return NativeTensor.over(OrtProcess.cpu(), memory, ElementType.INT64.number, shape);
    }

    @Override
    public Tensor ints(MemorySegment memory, long... shape) {
        return NativeTensor.over(OrtProcess.cpu(), memory, ElementType.INT32.number, shape);
    }

    @Override
    public Tensor over(Block block, long offset, ElementType type, long... shape) {
        long bytes = Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        return NativeTensor.over(memoryInfo, block.memory().asSlice(offset, bytes), type.number, shape);
    }

    @Override
    public Tensor floats(List<float[]> parts, long... shape) {
        return NativeTensor.holding(parts, shape);
    }

    @Override
    public Tensor longs(long[] values, long... shape) {
        return NativeTensor.holding(values, shape);
    }

    @Override
    public Map<String, float[]> run(Map<String, Tensor> inputs, Set<String> outputs) {
        List<String> inputNames = List.copyOf(inputs.keySet());
        List<String> outputNames = List.copyOf(outputs);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(ADDRESS, inputNames.size());
            for (int i = 0; i < inputNames.size(); i++) {
                values.setAtIndex(ADDRESS, i, ((NativeTensor) inputs.get(inputNames.get(i))).value());
            }
            MemorySegment results = arena.allocate(ADDRESS, outputNames.size());
            OrtApi.run(session.address(), names(arena, inputNames), values, names(arena, outputNames), results);
            return arrays(outputNames, results);
        }
    }

    private static MemorySegment names(Arena arena, List<String> names) {
        MemorySegment pointers = arena.allocate(ADDRESS, names.size());
        for (int i = 0; i < names.size(); i++) {
            pointers.setAtIndex(ADDRESS, i, arena.allocateFrom(names.get(i)));
        }
        return pointers;
    }

    private static Map<String, float[]> arrays(List<String> names, MemorySegment results) {
        List<NativeTensor> tensors = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.add(NativeTensor.of(results.getAtIndex(ADDRESS, i)));
        }
        try {
            Map<String, float[]> arrays = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                arrays.put(names.get(i), tensors.get(i).floats());
            }
            return arrays;
        } finally {
            tensors.forEach(NativeTensor::close);
        }
    }

    @Override
    public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        return new NativeBinding(session, inputs, outputs, runEntries.with(NO_CAPTURE));
    }

    @Override
    public Binding bindCaptured(Map<String, Tensor> inputs, Map<String, Tensor> outputs, int id) {
        return new NativeBinding(session, inputs, outputs, runEntries.with(Integer.toString(id)));
    }

    @Override
    public void close() {
        session.close();
    }
}
