package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An {@code OrtSession} of the C API, on the CPU. Memory of tensors goes when they are closed. */
final class NativeSession implements Session {
    private final Handle session;

    NativeSession(Path graph, int threads) {
        try (Handle options = new Handle(OrtApi.createSessionOptions(), OrtApi::releaseSessionOptions)) {
            MemorySegment address = options.address();
            OrtApi.setIntraOpNumThreads(address, threads);
            OrtApi.setInterOpNumThreads(address, SessionConfig.NODES_AT_ONCE);
            OrtApi.setSessionLogSeverityLevel(address, SessionConfig.LOG_ERRORS);
            OrtApi.disableMemPattern(address);
            SessionConfig.ENTRIES.forEach((key, value) -> OrtApi.addSessionConfigEntry(address, key, value));
            this.session = new Handle(OrtApi.createSession(OrtProcess.environment(), graph, address), OrtApi::releaseSession);
        }
    }

    @Override
    public Tensor floats(MemorySegment memory, long... shape) {
        return NativeTensor.over(memory, OrtApi.FLOAT, shape);
    }

    @Override
    public Tensor longs(MemorySegment memory, long... shape) {
        return NativeTensor.over(memory, OrtApi.INT64, shape);
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
        return new NativeBinding(session, inputs, outputs);
    }

    @Override
    public void close() {
        session.close();
    }
}
