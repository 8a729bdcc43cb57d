package io.utter.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.TensorProto;

/**
 * The masked waveform graph as TensorRT is given it: crops are constants, counted from both ends, since in windows with all their context they are
 * the same whatever the length. Left as inputs they would be shape tensors, for which every run waits until they have been copied back from the
 * card, and whose usual and largest values ONNX Runtime 1.29 mistakes for one another (its issue 32415).
 */
final class EngineGraph {
    private static final String CONTEXT = "EPContext";

    private EngineGraph() {}

    /**
     * Writes it.
     *
     * @param target beside the bundle's graphs, whose weights it shares
     */
    static void write(Bundle bundle, Path target) throws IOException {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        ModelProto masked = ModelProto.parseFrom(Files.readAllBytes(bundle.file(Bundle.MASKED_WAVEFORM)));
        List<TensorProto> constants = new ArrayList<>();
        List<ReceptiveField.Crop> margins = margins(shape, WindowLengths.SHORTEST);
        for (int i = 0; i < margins.size(); i++) {
            constants.add(constant("crop." + i + ".start", margins.get(i).start()));
            constants.add(constant("crop." + i + ".end", margins.get(i).end() == 0 ? Long.MAX_VALUE : margins.get(i).end()));
        }
        List<String> names = constants.stream().map(TensorProto::getName).toList();
        GraphProto.Builder graph = masked.getGraph().toBuilder().clearInput().addAllInitializer(constants);
        masked.getGraph().getInputList().stream().filter(input -> !names.contains(input.getName())).forEach(graph::addInput);
        Files.write(target, masked.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static TensorProto constant(String name, long value) {
        return TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64.getNumber()).addDims(1).addInt64Data(value).build();
    }

    /** What crops take away at the ends of windows of a length: the first element that is kept, and minus how many are left out behind the last. */
    static List<ReceptiveField.Crop> margins(Manifest.Acoustic shape, int wanted) {
        ReceptiveField field = new ReceptiveField(shape);
        WindowExtent extent = new WindowExtent(1, wanted);
        List<ReceptiveField.Crop> crops = extent.crops(shape, field);
        List<float[]> positions = extent.positions(shape, field);
        List<ReceptiveField.Crop> margins = new ArrayList<>();
        for (int i = 0; i < crops.size(); i++) {
            int length = positions.get(i == 0 ? 0 : i + 1).length; // of the frames, or of what upsampling stage i - 1 gives
            margins.add(new ReceptiveField.Crop(crops.get(i).start(), crops.get(i).end() - length));
        }
        return margins;
    }

    /** Whether a model is an engine as a whole: parts that TensorRT has not taken would run on the processor. */
    static boolean isWhole(Path model) throws IOException {
        List<NodeProto> nodes = ModelProto.parseFrom(Files.readAllBytes(model)).getGraph().getNodeList();
        return nodes.size() == 1 && nodes.getFirst().getOpType().equals(CONTEXT);
    }
}
