package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/**
 * The functions of the CUDA runtime that are used, under their names there. It is the library that ONNX Runtime's provider needs, too. A
 * status that is not zero becomes an {@link OrtFailure}. Calls that concern a card are made for the one last named on that thread.
 */
final class Cudart {
    /** By sonames, the newest first; which one is there is a matter of what ONNX Runtime was built for. */
    private static final List<String> LIBRARIES = List.of("libcudart.so.13", "libcudart.so.12");
    private static final Optional<SymbolLookup> LIBRARY = LIBRARIES.stream().flatMap(name -> lookup(name).stream()).findFirst();

    private static final MethodHandle GET_ERROR_STRING = function("cudaGetErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle GET_DEVICE_COUNT = checked("cudaGetDeviceCount", ADDRESS);
    private static final MethodHandle SET_DEVICE = checked("cudaSetDevice", JAVA_INT);
    private static final MethodHandle DEVICE_GET_ATTRIBUTE = checked("cudaDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle MEM_GET_INFO = checked("cudaMemGetInfo", ADDRESS, ADDRESS);
    private static final MethodHandle MALLOC = checked("cudaMalloc", ADDRESS, JAVA_LONG);
    private static final MethodHandle FREE = checked("cudaFree", ADDRESS);
    private static final MethodHandle MALLOC_HOST = checked("cudaMallocHost", ADDRESS, JAVA_LONG);
    private static final MethodHandle FREE_HOST = checked("cudaFreeHost", ADDRESS);
    private static final MethodHandle STREAM_CREATE_WITH_FLAGS = checked("cudaStreamCreateWithFlags", ADDRESS, JAVA_INT);
    private static final MethodHandle STREAM_SYNCHRONIZE = checked("cudaStreamSynchronize", ADDRESS);
    private static final MethodHandle STREAM_DESTROY = checked("cudaStreamDestroy", ADDRESS);
    private static final MethodHandle MEMCPY_ASYNC = checked("cudaMemcpyAsync", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
    private static final MethodHandle MEMCPY_3D_ASYNC = checked("cudaMemcpy3DAsync", ADDRESS, ADDRESS);
    private static final MethodHandle MEMSET_ASYNC = checked("cudaMemsetAsync", ADDRESS, JAVA_INT, JAVA_LONG, ADDRESS);

    /** {@code cudaStreamNonBlocking} */
    private static final int NON_BLOCKING = 1;
    /** {@code cudaMemcpyDefault}: the addresses tell. */
    private static final int DEFAULT = 4;
    /** {@code cudaDevAttrComputeCapabilityMajor}, {@code ..Minor} */
    private static final int MAJOR = 75;
    private static final int MINOR = 76;

    private Cudart() {}

    private static Optional<SymbolLookup> lookup(String library) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not there
        }
    }

    /** Whether the library is there; without it nothing else may be called. */
    static boolean isThere() {
        return LIBRARY.isPresent();
    }

    /** What it is called, for messages. */
    static String names() {
        return String.join(" or ", LIBRARIES);
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        return LIBRARY.map(library -> Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor)).orElse(null);
    }

    private static MethodHandle checked(String name, MemoryLayout... parameters) {
        return function(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private interface Call {
        int status() throws Throwable;
    }

    private static void call(Call call) {
        try {
            int status = call.status();
            if (status != 0) {
                throw new OrtFailure("CUDA error " + status + ": "
                        + ((MemorySegment) GET_ERROR_STRING.invokeExact(status)).reinterpret(Long.MAX_VALUE).getString(0));
            }
        } catch (Throwable e) {
            throw OrtApi.unexpected(e);
        }
    }

    private interface Creation {
        int status(MemorySegment out) throws Throwable;
    }

    private static MemorySegment create(Creation creation) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ADDRESS);
            call(() -> creation.status(out));
            return out.get(ADDRESS, 0);
        }
    }

    static int getDeviceCount() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            call(() -> (int) GET_DEVICE_COUNT.invokeExact(count));
            return count.get(JAVA_INT, 0);
        }
    }

    static void setDevice(int device) {
        call(() -> (int) SET_DEVICE.invokeExact(device));
    }

    /** As NVIDIA writes it: {@code 9.0}. */
    static String computeCapability(int device) {
        return attribute(MAJOR, device) + "." + attribute(MINOR, device);
    }

    private static int attribute(int attribute, int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            call(() -> (int) DEVICE_GET_ATTRIBUTE.invokeExact(value, attribute, device));
            return value.get(JAVA_INT, 0);
        }
    }

    /** Memory of the card in bytes: free, in all. */
    static long[] memGetInfo() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment total = arena.allocate(JAVA_LONG);
            call(() -> (int) MEM_GET_INFO.invokeExact(free, total));
            return new long[] {free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0)};
        }
    }

    static MemorySegment malloc(long bytes) {
        return create(out -> (int) MALLOC.invokeExact(out, bytes)).reinterpret(bytes);
    }

    static void free(MemorySegment memory) {
        call(() -> (int) FREE.invokeExact(memory));
    }

    /** Memory of the processor that stays where it is. */
    static MemorySegment mallocHost(long bytes) {
        return create(out -> (int) MALLOC_HOST.invokeExact(out, bytes)).reinterpret(bytes);
    }

    static void freeHost(MemorySegment memory) {
        call(() -> (int) FREE_HOST.invokeExact(memory));
    }

    /** A stream that does not wait for the default one. */
    static MemorySegment streamCreate() {
        return create(out -> (int) STREAM_CREATE_WITH_FLAGS.invokeExact(out, NON_BLOCKING));
    }

    static void streamSynchronize(MemorySegment stream) {
        call(() -> (int) STREAM_SYNCHRONIZE.invokeExact(stream));
    }

    static void streamDestroy(MemorySegment stream) {
        call(() -> (int) STREAM_DESTROY.invokeExact(stream));
    }

    static void memcpyAsync(MemorySegment to, MemorySegment from, long bytes, MemorySegment stream) {
        call(() -> (int) MEMCPY_ASYNC.invokeExact(to, from, bytes, DEFAULT, stream));
    }

    /**
     * {@code cudaPitchedPtr}
     *
     * @param pitch bytes from row to row
     * @param height rows from plane to plane
     */
    record Pitched(MemorySegment memory, long pitch, long height) {}

    /** {@code struct cudaMemcpy3DParms}: array, position and pitched pointer of the source, the same of the target, extent, kind. */
    private static final long PARAMETER_BYTES = 160;
    private static final long SOURCE = 32;
    private static final long TARGET = 96;
    private static final long EXTENT = 128;
    private static final long KIND = 152;

    static void memcpy3DAsync(Pitched to, Pitched from, long width, long height, long depth, MemorySegment stream) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(PARAMETER_BYTES, Long.BYTES);
            describe(parameters, SOURCE, from);
            describe(parameters, TARGET, to);
            parameters.set(JAVA_LONG, EXTENT, width);
            parameters.set(JAVA_LONG, EXTENT + Long.BYTES, height);
            parameters.set(JAVA_LONG, EXTENT + 2 * Long.BYTES, depth);
            parameters.set(JAVA_INT, KIND, DEFAULT);
            call(() -> (int) MEMCPY_3D_ASYNC.invokeExact(parameters, stream));
        }
    }

    private static void describe(MemorySegment parameters, long offset, Pitched side) {
        parameters.set(ADDRESS, offset, side.memory);
        parameters.set(JAVA_LONG, offset + Long.BYTES, side.pitch);
        parameters.set(JAVA_LONG, offset + 2 * Long.BYTES, side.pitch);
        parameters.set(JAVA_LONG, offset + 3 * Long.BYTES, side.height);
    }

    static void clearAsync(MemorySegment memory, long bytes, MemorySegment stream) {
        call(() -> (int) MEMSET_ASYNC.invokeExact(memory, 0, bytes, stream));
    }
}
