package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The NVIDIA cards of this machine, and what it takes to use them. */
public final class Cards {
    private static final String DRIVER = "libcuda.so.1";
    private static final String PROVIDER = "onnxruntime_providers_cuda";
    private static final int LONGEST_NAME = 256;

    private Cards() {}

    /** Why this machine cannot compute on the card of this number, in words; empty if nothing that can be known beforehand is in the way. */
    public static Optional<String> obstacle(int card) {
        if (driver().isEmpty()) {
            return Optional.of("there is no NVIDIA driver (" + DRIVER + ")");
        }
        if (!Cudart.isThere()) {
            return Optional.of("the CUDA runtime is missing (" + Cudart.names() + ")");
        }
        return counted(card).or(Cards::provider).or(() -> loaded(card));
    }

    /** The provider needs libraries of its own, of which the loader names the first that is missing. */
    private static Optional<String> loaded(int card) {
        try {
            OnnxRuntime.NATIVE.load();
            CudaDevice.tryProvider(card);
            return Optional.empty();
        } catch (OrtFailure e) {
            return Optional.of("ONNX Runtime's CUDA provider does not load (" + e.getMessage().strip() + ")");
        }
    }

    private static Optional<String> counted(int card) {
        try {
            int count = Cudart.getDeviceCount();
            return card < count ? Optional.empty() : Optional.of("there is no card " + card + ": this machine has " + count);
        } catch (OrtFailure e) {
            return Optional.of("the driver gives no card (" + e.getMessage() + ")");
        }
    }

    private static Optional<String> provider() {
        String file = System.mapLibraryName(PROVIDER);
        Optional<Path> folder = Natives.library().map(Path::getParent);
        return folder.filter(path -> !Files.exists(path.resolve(file)))
                .map(path -> "ONNX Runtime's CUDA provider is missing (" + path.resolve(file) + ")");
    }

    private static Optional<SymbolLookup> driver() {
        try {
            return Optional.of(SymbolLookup.libraryLookup(DRIVER, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** How many cards there are that can be used; 0 where something is in the way. */
    public static int count() {
        return obstacle(0).isPresent() ? 0 : Cudart.getDeviceCount();
    }

    /** What the card is called. */
    public static String name(int card) {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup driver = driver().orElseThrow();
            MemorySegment name = arena.allocate(LONGEST_NAME);
            MemorySegment handle = arena.allocate(JAVA_INT);
            int status = (int) linker.downcallHandle(driver.findOrThrow("cuInit"), FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(0);
            status |= (int) linker.downcallHandle(driver.findOrThrow("cuDeviceGet"), FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT))
                    .invokeExact(handle, card);
            status |= (int) linker.downcallHandle(driver.findOrThrow("cuDeviceGetName"),
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT)).invokeExact(name, LONGEST_NAME, handle.get(JAVA_INT, 0));
            return status == 0 ? name.getString(0) : "CUDA card " + card;
        } catch (Throwable e) {
            throw OrtApi.unexpected(e);
        }
    }

    /** As NVIDIA writes it: {@code 9.0}. */
    public static String computeCapability(int card) {
        return Cudart.computeCapability(card);
    }

    /**
     * Memory of a card, whoever uses it.
     *
     * @param free bytes that nobody has
     * @param total bytes
     */
    public record Memory(long free, long total) {}

    public static Memory memory(int card) {
        Cudart.setDevice(card);
        long[] info = Cudart.memGetInfo();
        return new Memory(info[0], info[1]);
    }
}
