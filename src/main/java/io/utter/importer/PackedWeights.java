package io.utter.importer;

import io.utter.model.PackedGraph;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.StringStringEntryProto;
import onnx.OnnxMl.TensorProto;

/**
 * Packed forms of weights, put behind the weights themselves in their file. ONNX Runtime's kernels for the processor lay out a matrix anew
 * before they multiply with it; where a file has that layout, the runtime compares it with its own by a hash, maps the file's and gives its
 * own back. So the memory for it is the page cache's, shared and reclaimable, and half of the loading time is saved; on a processor or with
 * a release that lays out differently, all is as if there were none.
 *
 * <p>The runtime itself can write such files, with a copy of the graph. But it aligns only large tensors in them, and its kernels read
 * packed weights with instructions that fault on an odd address (1.29: a crash); so its file is only read here, and every packed form is
 * copied to the beginning of a page.
 */
final class PackedWeights {
    private static final int ALIGNMENT = 4096;
    /** Names of a tensor's entries for its packed forms: {@code <kernel and hash>|<offset>;<length>;<checksum>|...}. */
    private static final String PACKED = "prepacked";
    private static final String LOCATION = "location";
    private static final String SAVED_GRAPH = "saved.onnx";
    private static final String SAVED_WEIGHTS = "saved.weights";

    private final Path folder;
    private final Map<String, Long> added = new TreeMap<>();

    private PackedWeights(Path folder) {
        this.folder = folder;
    }

    /**
     * Adds packed forms of the weights of graphs to the graphs' files of weights.
     *
     * @param folder where all of them are
     * @param graphs names of graphs
     * @return bytes that were added, by file of weights
     * @throws io.utter.error.UtterException.Failed if a graph cannot be loaded
     */
    static Map<String, Long> add(Path folder, List<String> graphs) throws IOException {
        PackedWeights packed = new PackedWeights(folder);
        for (String graph : graphs) {
            packed.add(folder.resolve(graph));
        }
        return packed.added;
    }

    private void add(Path graph) throws IOException {
        Path scratch = Files.createDirectory(folder.resolve(".packing-" + UUID.randomUUID()));
        try {
            PackedGraph.save(graph, scratch.resolve(SAVED_GRAPH), SAVED_WEIGHTS);
            Map<String, List<StringStringEntryProto>> forms = forms(scratch.resolve(SAVED_GRAPH));
            ModelProto model = model(graph);
            GraphProto.Builder packed = model.getGraph().toBuilder();
            try (FileChannel saved = FileChannel.open(scratch.resolve(SAVED_WEIGHTS), StandardOpenOption.READ)) {
                for (int i = 0; i < packed.getInitializerCount(); i++) {
                    TensorProto tensor = packed.getInitializer(i);
                    if (forms.containsKey(tensor.getName()) && tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                        packed.setInitializer(i, with(forms.get(tensor.getName()), tensor, saved));
                    }
                }
            }
            Files.write(graph, model.toBuilder().setGraph(packed).build().toByteArray());
        } finally {
            BundleImporter.delete(scratch);
        }
    }

    private static ModelProto model(Path file) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(file));
    }

    /** Entries about packed forms, by name of the tensor. Weights that the runtime has computed of others have names that the graph does not know. */
    private static Map<String, List<StringStringEntryProto>> forms(Path saved) throws IOException {
        Map<String, List<StringStringEntryProto>> forms = new HashMap<>();
        for (TensorProto tensor : model(saved).getGraph().getInitializerList()) {
            List<StringStringEntryProto> own = tensor.getExternalDataList().stream().filter(entry -> entry.getKey().startsWith(PACKED)).toList();
            if (!own.isEmpty()) {
                forms.put(tensor.getName(), own);
            }
        }
        return forms;
    }

    private TensorProto with(List<StringStringEntryProto> forms, TensorProto tensor, FileChannel saved) throws IOException {
        TensorProto.Builder packed = tensor.toBuilder();
        String weights = tensor.getExternalDataList().stream().filter(entry -> entry.getKey().equals(LOCATION)).findFirst().orElseThrow().getValue();
        try (FileChannel file = FileChannel.open(folder.resolve(weights), StandardOpenOption.WRITE)) {
            long before = file.size();
            for (StringStringEntryProto form : forms) {
                String[] parts = form.getValue().split("\\|");
                List<String> moved = new ArrayList<>(List.of(parts[0]));
                for (int i = 1; i < parts.length; i++) {
                    moved.add(copied(parts[i], saved, file));
                }
                packed.addExternalData(form.toBuilder().setValue(String.join("|", moved)));
            }
            added.merge(weights, file.size() - before, Long::sum);
        }
        return packed.build();
    }

    /** The same {@code <offset>;<length>;<checksum>} where its bytes are now. */
    private static String copied(String form, FileChannel from, FileChannel to) throws IOException {
        String[] fields = form.split(";");
        long offset = Long.parseLong(fields[0]);
        long length = Long.parseLong(fields[1]);
        long target = (to.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        to.position(target);
        for (long done = 0; done < length; ) {
            done += from.transferTo(offset + done, length - done, to);
        }
        fields[0] = Long.toString(target);
        return String.join(";", fields);
    }
}
