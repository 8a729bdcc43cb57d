package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The functions of ONNX Runtime's C API that are used, under their names there. Numbers are places in {@code struct OrtApi}, which later
 * versions only extend. What {@code create...} returns is released by the caller with the {@code release...} of that kind. A status that
 * is not null becomes an {@link OrtFailure}.
 */
final class OrtApi {
    private static final int FUNCTIONS = 319;
    private static final MemorySegment TABLE = OrtLibrary.functions(FUNCTIONS);

    private static final MethodHandle GET_ERROR_MESSAGE = function(2, FunctionDescriptor.of(ADDRESS, ADDRESS));
    private static final MethodHandle CREATE_ENV = checked(3, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_SESSION = checked(7, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle RUN = checked(9, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle CREATE_SESSION_OPTIONS = checked(10, ADDRESS);
    private static final MethodHandle DISABLE_MEM_PATTERN = checked(17, ADDRESS);
    private static final MethodHandle SET_SESSION_LOG_SEVERITY_LEVEL = checked(22, ADDRESS, JAVA_INT);
    private static final MethodHandle SET_INTRA_OP_NUM_THREADS = checked(24, ADDRESS, JAVA_INT);
    private static final MethodHandle SET_INTER_OP_NUM_THREADS = checked(25, ADDRESS, JAVA_INT);
    private static final MethodHandle CREATE_RUN_OPTIONS = checked(39, ADDRESS);
    private static final MethodHandle CREATE_TENSOR = checked(48, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle CREATE_TENSOR_WITH_DATA =
            checked(49, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle GET_TENSOR_MUTABLE_DATA = checked(51, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_MEMORY_INFO = checked(68, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle CREATE_CPU_MEMORY_INFO = checked(69, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle GET_ALLOCATOR_WITH_DEFAULT_OPTIONS = checked(78, ADDRESS);
    private static final MethodHandle RELEASE_STATUS = releasing(93);
    private static final MethodHandle RELEASE_SESSION = releasing(95);
    private static final MethodHandle RELEASE_VALUE = releasing(96);
    private static final MethodHandle RELEASE_RUN_OPTIONS = releasing(97);
    private static final MethodHandle RELEASE_SESSION_OPTIONS = releasing(100);
    private static final MethodHandle ADD_SESSION_CONFIG_ENTRY = checked(130, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle RUN_WITH_BINDING = checked(133, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_IO_BINDING = checked(134, ADDRESS, ADDRESS);
    private static final MethodHandle RELEASE_IO_BINDING = releasing(135);
    private static final MethodHandle BIND_INPUT = checked(136, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle BIND_OUTPUT = checked(137, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ADD_RUN_CONFIG_ENTRY = checked(165, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle APPEND_EXECUTION_PROVIDER_TENSORRT = checked(170, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_TENSORRT_PROVIDER_OPTIONS = checked(171, ADDRESS);
    private static final MethodHandle UPDATE_TENSORRT_PROVIDER_OPTIONS = checked(172, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle RELEASE_TENSORRT_PROVIDER_OPTIONS = releasing(174);
    private static final MethodHandle APPEND_EXECUTION_PROVIDER_CUDA = checked(204, ADDRESS, ADDRESS);
    private static final MethodHandle CREATE_CUDA_PROVIDER_OPTIONS = checked(205, ADDRESS);
    private static final MethodHandle UPDATE_CUDA_PROVIDER_OPTIONS = checked(206, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle RELEASE_CUDA_PROVIDER_OPTIONS = releasing(208);
    private static final MethodHandle UPDATE_TENSORRT_PROVIDER_OPTIONS_WITH_VALUE = checked(261, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle UPDATE_CUDA_PROVIDER_OPTIONS_WITH_VALUE = checked(263, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle GET_TENSOR_SIZE_IN_BYTES = checked(318, ADDRESS, ADDRESS);

    /** {@code OrtDeviceAllocator}, {@code OrtMemTypeDefault}: memory that is whoever's it is, of the processor. */
    private static final int DEVICE_ALLOCATOR = 0;
    private static final int DEFAULT_MEMORY = 0;
    /** In place of run options: none. */
    private static final MemorySegment DEFAULTS = MemorySegment.NULL;
    /** {@code ORTCHAR_T} is wide on Windows. */
    private static final Charset PATHS =
            System.getProperty("os.name").startsWith("Windows") ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;

    private OrtApi() {}

    private static MethodHandle function(int index, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(TABLE.getAtIndex(ADDRESS, index), descriptor);
    }

    /** One that returns a status. */
    private static MethodHandle checked(int index, MemoryLayout... parameters) {
        return function(index, FunctionDescriptor.of(ADDRESS, parameters));
    }

    private static MethodHandle releasing(int index) {
        return function(index, FunctionDescriptor.ofVoid(ADDRESS));
    }

    /** A call with a status. */
    private interface Call {
        MemorySegment status() throws Throwable;
    }

    /** A call with a status whose last argument is where to put a result. */
    private interface Creation {
        MemorySegment status(MemorySegment out) throws Throwable;
    }

    private static void call(Call call) {
        try {
            check(call.status());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static MemorySegment create(Creation creation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            check(creation.status(out));
            return out.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A call without a status, in braces: else the compiler takes it for one that returns an object. */
    private interface Release {
        void run() throws Throwable;
    }

    private static void release(Release release) {
        try {
            release.run();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static void check(MemorySegment status) throws Throwable {
        if (status.address() == 0) {
            return;
        }
        try {
            throw new OrtFailure(((MemorySegment) GET_ERROR_MESSAGE.invokeExact(status)).reinterpret(Long.MAX_VALUE).getString(0));
        } finally {
            RELEASE_STATUS.invokeExact(status);
        }
    }

    /** Method handles declare every throwable, and throw no checked ones here. */
    static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException failure -> failure;
            case Error failure -> throw failure;
            default -> throw new AssertionError(e);
        };
    }

    static MemorySegment createEnv(int logLevel, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            return create(out -> (MemorySegment) CREATE_ENV.invokeExact(logLevel, text, out));
        }
    }

    static MemorySegment createSessionOptions() {
        return create(out -> (MemorySegment) CREATE_SESSION_OPTIONS.invokeExact(out));
    }

    static void disableMemPattern(MemorySegment options) {
        call(() -> (MemorySegment) DISABLE_MEM_PATTERN.invokeExact(options));
    }

    static void setSessionLogSeverityLevel(MemorySegment options, int level) {
        call(() -> (MemorySegment) SET_SESSION_LOG_SEVERITY_LEVEL.invokeExact(options, level));
    }

    static void setIntraOpNumThreads(MemorySegment options, int threads) {
        call(() -> (MemorySegment) SET_INTRA_OP_NUM_THREADS.invokeExact(options, threads));
    }

    static void setInterOpNumThreads(MemorySegment options, int threads) {
        call(() -> (MemorySegment) SET_INTER_OP_NUM_THREADS.invokeExact(options, threads));
    }

    static void addSessionConfigEntry(MemorySegment options, String key, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyText = arena.allocateFrom(key);
            MemorySegment valueText = arena.allocateFrom(value);
            call(() -> (MemorySegment) ADD_SESSION_CONFIG_ENTRY.invokeExact(options, keyText, valueText));
        }
    }

    static MemorySegment createSession(MemorySegment env, Path graph, MemorySegment options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(graph.toString(), PATHS);
            return create(out -> (MemorySegment) CREATE_SESSION.invokeExact(env, path, options, out));
        }
    }

    static MemorySegment createCpuMemoryInfo() {
        return create(out -> (MemorySegment) CREATE_CPU_MEMORY_INFO.invokeExact(DEVICE_ALLOCATOR, DEFAULT_MEMORY, out));
    }

    /** Of a card's own memory. */
    static MemorySegment createCudaMemoryInfo(int card) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom("Cuda");
            return create(out -> (MemorySegment) CREATE_MEMORY_INFO.invokeExact(name, DEVICE_ALLOCATOR, card, DEFAULT_MEMORY, out));
        }
    }

    static MemorySegment createCudaProviderOptions() {
        return create(out -> (MemorySegment) CREATE_CUDA_PROVIDER_OPTIONS.invokeExact(out));
    }

    static void updateCudaProviderOptions(MemorySegment provider, Map<String, String> entries) {
        update(entries, (keys, values, count) -> (MemorySegment) UPDATE_CUDA_PROVIDER_OPTIONS.invokeExact(provider, keys, values, count));
    }

    private interface Update {
        MemorySegment status(MemorySegment keys, MemorySegment values, long count) throws Throwable;
    }

    private static void update(Map<String, String> entries, Update update) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keys = arena.allocate(ADDRESS, entries.size());
            MemorySegment values = arena.allocate(ADDRESS, entries.size());
            int i = 0;
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                keys.setAtIndex(ADDRESS, i, arena.allocateFrom(entry.getKey()));
                values.setAtIndex(ADDRESS, i++, arena.allocateFrom(entry.getValue()));
            }
            long count = entries.size();
            call(() -> update.status(keys, values, count));
        }
    }

    /** An option that is an address. */
    static void updateCudaProviderOptionsWithValue(MemorySegment provider, String key, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(key);
            call(() -> (MemorySegment) UPDATE_CUDA_PROVIDER_OPTIONS_WITH_VALUE.invokeExact(provider, name, value));
        }
    }

    /** Loads the provider's library, and those that it needs. */
    static void appendExecutionProviderCuda(MemorySegment options, MemorySegment provider) {
        call(() -> (MemorySegment) APPEND_EXECUTION_PROVIDER_CUDA.invokeExact(options, provider));
    }

    static void releaseCudaProviderOptions(MemorySegment provider) {
        release(() -> {
            RELEASE_CUDA_PROVIDER_OPTIONS.invokeExact(provider);
        });
    }

    /** Loads the provider's library, and those that it needs. */
    static MemorySegment createTensorRtProviderOptions() {
        return create(out -> (MemorySegment) CREATE_TENSORRT_PROVIDER_OPTIONS.invokeExact(out));
    }

    static void updateTensorRtProviderOptions(MemorySegment provider, Map<String, String> entries) {
        update(entries, (keys, values, count) -> (MemorySegment) UPDATE_TENSORRT_PROVIDER_OPTIONS.invokeExact(provider, keys, values, count));
    }

    /** An option that is an address. */
    static void updateTensorRtProviderOptionsWithValue(MemorySegment provider, String key, MemorySegment value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(key);
            call(() -> (MemorySegment) UPDATE_TENSORRT_PROVIDER_OPTIONS_WITH_VALUE.invokeExact(provider, name, value));
        }
    }

    static void appendExecutionProviderTensorRt(MemorySegment options, MemorySegment provider) {
        call(() -> (MemorySegment) APPEND_EXECUTION_PROVIDER_TENSORRT.invokeExact(options, provider));
    }

    static void releaseTensorRtProviderOptions(MemorySegment provider) {
        release(() -> {
            RELEASE_TENSORRT_PROVIDER_OPTIONS.invokeExact(provider);
        });
    }

    static MemorySegment createRunOptions() {
        return create(out -> (MemorySegment) CREATE_RUN_OPTIONS.invokeExact(out));
    }

    static void addRunConfigEntry(MemorySegment options, String key, String value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment keyText = arena.allocateFrom(key);
            MemorySegment valueText = arena.allocateFrom(value);
            call(() -> (MemorySegment) ADD_RUN_CONFIG_ENTRY.invokeExact(options, keyText, valueText));
        }
    }

    static void releaseRunOptions(MemorySegment options) {
        release(() -> {
            RELEASE_RUN_OPTIONS.invokeExact(options);
        });
    }

    static MemorySegment getAllocatorWithDefaultOptions() {
        return create(out -> (MemorySegment) GET_ALLOCATOR_WITH_DEFAULT_OPTIONS.invokeExact(out));
    }

    /** A tensor whose memory comes from an allocator and goes with it. */
    static MemorySegment createTensorAsOrtValue(MemorySegment allocator, int elementType, long... shape) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment extents = arena.allocateFrom(JAVA_LONG, shape);
            long rank = shape.length;
            return create(out -> (MemorySegment) CREATE_TENSOR.invokeExact(allocator, extents, rank, elementType, out));
        }
    }

    /** A tensor that is the first of memory of ours. */
    static MemorySegment createTensorWithDataAsOrtValue(MemorySegment info, MemorySegment data, int elementType, long... shape) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment extents = arena.allocateFrom(JAVA_LONG, shape);
            long rank = shape.length;
            long bytes = data.byteSize();
            return create(out -> (MemorySegment) CREATE_TENSOR_WITH_DATA.invokeExact(info, data, bytes, extents, rank, elementType, out));
        }
    }

    /** A tensor's memory, which is there as long as the tensor. */
    static MemorySegment getTensorMutableData(MemorySegment value) {
        MemorySegment bytes = create(out -> (MemorySegment) GET_TENSOR_SIZE_IN_BYTES.invokeExact(value, out));
        return create(out -> (MemorySegment) GET_TENSOR_MUTABLE_DATA.invokeExact(value, out)).reinterpret(bytes.address()); // a size_t, read as a pointer
    }

    /**
     * Runs once.
     *
     * @param inputNames pointers to their names, as many as inputs
     * @param outputNames pointers to their names, as many as outputs
     * @param outputs null pointers, in whose place the runtime puts new values, the caller's to release
     */
    static void run(MemorySegment session, MemorySegment inputNames, MemorySegment inputs, MemorySegment outputNames, MemorySegment outputs) {
        long inputCount = inputs.byteSize() / ADDRESS.byteSize();
        long outputCount = outputs.byteSize() / ADDRESS.byteSize();
        call(() -> (MemorySegment) RUN.invokeExact(session, DEFAULTS, inputNames, inputs, inputCount, outputNames, outputCount, outputs));
    }

    static MemorySegment createIoBinding(MemorySegment session) {
        return create(out -> (MemorySegment) CREATE_IO_BINDING.invokeExact(session, out));
    }

    static void bindInput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        call(() -> (MemorySegment) BIND_INPUT.invokeExact(binding, name, value));
    }

    static void bindOutput(MemorySegment binding, MemorySegment name, MemorySegment value) {
        call(() -> (MemorySegment) BIND_OUTPUT.invokeExact(binding, name, value));
    }

    static void runWithBinding(MemorySegment session, MemorySegment runOptions, MemorySegment binding) {
        call(() -> (MemorySegment) RUN_WITH_BINDING.invokeExact(session, runOptions, binding));
    }

    static void releaseSession(MemorySegment session) {
        release(() -> {
            RELEASE_SESSION.invokeExact(session);
        });
    }

    static void releaseValue(MemorySegment value) {
        release(() -> {
            RELEASE_VALUE.invokeExact(value);
        });
    }

    static void releaseSessionOptions(MemorySegment options) {
        release(() -> {
            RELEASE_SESSION_OPTIONS.invokeExact(options);
        });
    }

    static void releaseIoBinding(MemorySegment binding) {
        release(() -> {
            RELEASE_IO_BINDING.invokeExact(binding);
        });
    }
}
