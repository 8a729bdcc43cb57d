package io.utter.model.ort;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** NVIDIA's TensorRT, through ONNX Runtime's provider: whether it is there, engines built with it and loaded. */
public final class TensorRt {
    private static final String LIBRARY = "libnvinfer.so.10";
    /** Both are needed by the provider, whether engines are built or loaded. */
    private static final List<String> LIBRARIES = List.of(LIBRARY, "libnvonnxparser.so.10");
    private static final String PROVIDER = "onnxruntime_providers_tensorrt";
    /** ONNX Runtime 1.29 was built with TensorRT 10.14. */
    private static final String REMEDY = "install NVIDIA's packages libnvinfer10 and libnvonnxparsers10, 10.14 or later, for the CUDA that is there";

    private TensorRt() {}

    /** Why there is no TensorRT here, in words and with what to do; empty if nothing that can be known beforehand is in the way. */
    public static Optional<String> obstacle() {
        for (String library : LIBRARIES) {
            if (lookup(library).isEmpty()) {
                return Optional.of("TensorRT is missing (" + library + "): " + REMEDY);
            }
        }
        String file = System.mapLibraryName(PROVIDER);
        return Natives.library().map(library -> library.resolveSibling(file)).filter(path -> !Files.exists(path))
                .map(path -> "ONNX Runtime's TensorRT provider is missing (" + path + ")");
    }

    private static Optional<SymbolLookup> lookup(String library) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not there
        }
    }

    /** Of the library: {@code 10.14.1}. */
    public static String version() {
        MemorySegment function = lookup(LIBRARY).orElseThrow().findOrThrow("getInferLibVersion");
        try {
            return version((int) Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(JAVA_INT)).invokeExact());
        } catch (Throwable e) {
            throw OrtApi.unexpected(e);
        }
    }

    /** As {@code NvInferVersion.h} puts it together since TensorRT 10. */
    static String version(int number) {
        return number / 10_000 + "." + number / 100 % 100 + "." + number % 100;
    }

    /** What the provider calls a file of timings, which it looks for in a folder. */
    public static String timingsName(String capability) {
        return "TensorrtExecutionProvider_cache_sm" + capability.replace(".", "") + ".timing";
    }

    /**
     * What to build.
     *
     * @param graph to be compiled
     * @param engine file to be written: an EPContext model with the engine in it
     * @param timings folder where timings are read and left
     * @param workSpaceBytes most memory of the card for a kernel's scratch
     * @param least extents of inputs: {@code name:1x2x3,other:1}
     * @param usual those for which it is to be fastest
     * @param most the largest
     */
    public record Build(Path graph, Path engine, Path timings, long workSpaceBytes, String least, String usual, String most) {

        /** For the provider. TensorRT takes TF32 for products where the card has it, unless it is told otherwise. */
        Map<String, String> providerOptions(int card) {
            Map<String, String> options = new LinkedHashMap<>(loading(card));
            options.put("trt_max_workspace_size", Long.toString(workSpaceBytes));
            options.put("trt_timing_cache_enable", "1");
            options.put("trt_timing_cache_path", timings.toString());
            options.put("trt_profile_min_shapes", least);
            options.put("trt_profile_opt_shapes", usual);
            options.put("trt_profile_max_shapes", most);
            return options;
        }

        /** For the session. The engine lies in the model itself, so that one file can be moved. */
        Map<String, String> sessionEntries() {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put("ep.context_enable", "1");
            entries.put("ep.context_file_path", engine.toString());
            entries.put("ep.context_embed_mode", "1");
            entries.put("session.disable_cpu_ep_fallback", "1"); // what TensorRT does not take is a failure
            return entries;
        }
    }

    /** Options for an engine that is there: all else is in it. */
    static Map<String, String> loading(int card) {
        return Map.of("device_id", Integer.toString(card));
    }

    /**
     * Builds an engine: loading a graph for which extents are given does so, and writes it.
     *
     * @throws OrtFailure if it cannot be built
     */
    public static void build(int card, Build build) {
        OnnxRuntime.NATIVE.load();
        Cudart.setDevice(card);
        new NativeSession(build.graph, 1, session -> {
            build.sessionEntries().forEach((key, value) -> OrtApi.addSessionConfigEntry(session, key, value)); // the provider looks for them when it is added
            provide(session, build.providerOptions(card), MemorySegment.NULL);
        }, OrtProcess.cpu(), NativeSession.RunEntries.NONE).close();
    }

    /** @param stream in which all runs are queued; null for none */
    static void provide(MemorySegment session, Map<String, String> options, MemorySegment stream) {
        try (Handle provider = new Handle(OrtApi.createTensorRtProviderOptions(), OrtApi::releaseTensorRtProviderOptions)) {
            OrtApi.updateTensorRtProviderOptions(provider.address(), options);
            if (!stream.equals(MemorySegment.NULL)) {
                OrtApi.updateTensorRtProviderOptionsWithValue(provider.address(), "user_compute_stream", stream);
            }
            OrtApi.appendExecutionProviderTensorRt(session, provider.address());
        }
    }
}
