package io.utter.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;

/** Bundles with engines that no TensorRT has made: what is written around an engine is the same. */
public final class EngineSample {
    public static final EngineMachine H100 = new EngineMachine("9.0", "10.14.1");
    static final EngineBuild.Compiler COMPILER = (graph, draft, profile) -> {
        write(draft.resolve(EngineFile.MODEL), "EPContext");
        write(draft.resolve("TensorrtExecutionProvider_cache_sm90.timing"), "Timings");
    };

    private EngineSample() {}

    /** The bundled voice as if it had been imported with reduced precision. */
    public static Bundle bundle(Path models, String name) throws IOException {
        Bundle original = Bundle.open(Path.of("models/default"));
        Path folder = Files.createDirectories(models.resolve(name));
        for (String file : new String[] {Bundle.MASKED_WAVEFORM, "acoustic.weights"}) {
            Files.copy(original.file(file), folder.resolve(file));
        }
        Manifest manifest = original.manifest();
        Bundle bundle = new Bundle(folder, new Manifest(manifest.format(), name, manifest.generation(), manifest.symbols(), manifest.sampleRate(),
                manifest.created(), manifest.semantic(), manifest.acoustic(), manifest.encoders(), manifest.files(), manifest.sources()).with("fp16"));
        bundle.save();
        return bundle;
    }

    /** An engine for one window in a run. */
    public static void build(Bundle bundle, EngineMachine machine) {
        build(bundle, 1, machine);
    }

    static void build(Bundle bundle, int windows, EngineMachine machine) {
        new EngineBuild(bundle, windows, line -> { }).run(() -> machine, false, COMPILER);
    }

    /** A model of nodes of these types. */
    static void write(Path file, String... operators) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("sample");
        for (String operator : operators) {
            graph.addNode(NodeProto.newBuilder().setOpType(operator));
        }
        try {
            Files.write(file, ModelProto.newBuilder().setGraph(graph).build().toByteArray());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
