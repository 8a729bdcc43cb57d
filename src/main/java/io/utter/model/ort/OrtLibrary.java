package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The library's one exported entry, {@code OrtGetApiBase}, and what it leads to. */
final class OrtLibrary {
    /** Of {@code onnxruntime_c_api.h}: tables of later versions only have more functions at their end. */
    private static final int API_VERSION = 23;
    /** {@code struct OrtApiBase { GetApi, GetVersionString }} */
    private static final long BASE_BYTES = 2 * ADDRESS.byteSize();

    private OrtLibrary() {}

    /**
     * {@code struct OrtApi}: pointers to so many functions.
     *
     * @throws UnsatisfiedLinkError if there is no library, or one that is too old
     */
    static MemorySegment functions(int count) {
        Linker linker = Linker.nativeLinker();
        try {
            MemorySegment entry = symbols().find("OrtGetApiBase").orElseThrow(() -> new UnsatisfiedLinkError("no OrtGetApiBase in it"));
            MethodHandle getBase = linker.downcallHandle(entry, FunctionDescriptor.of(ADDRESS));
            MemorySegment base = ((MemorySegment) getBase.invokeExact()).reinterpret(BASE_BYTES);
            MethodHandle getApi = linker.downcallHandle(base.get(ADDRESS, 0), FunctionDescriptor.of(ADDRESS, JAVA_INT));
            MemorySegment api = (MemorySegment) getApi.invokeExact(API_VERSION);
            if (api.address() == 0) {
                throw new UnsatisfiedLinkError("it has no API version " + API_VERSION);
            }
            return api.reinterpret(count * ADDRESS.byteSize());
        } catch (Throwable e) {
            throw OrtApi.unexpected(e);
        }
    }

    /** The library in the folder of the natives, else the one that the official Java API has unpacked and loaded. */
    private static SymbolLookup symbols() {
        return Natives.library().map(file -> SymbolLookup.libraryLookup(file, Arena.global())).orElseGet(() -> {
            Natives.environment();
            return SymbolLookup.loaderLookup();
        });
    }
}
