package io.utter.model.ort;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.OperatorSetIdProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.TensorShapeProto;
import onnx.OnnxMl.TypeProto;
import onnx.OnnxMl.ValueInfoProto;

/** {@code y = x + 1}, both [2, n]. */
final class SmallGraph {
    private SmallGraph() {}

    static Path write(Path folder) throws IOException {
        byte[] one = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).array();
        GraphProto graph = GraphProto.newBuilder().setName("successor")
                .addInput(matrix("x")).addOutput(matrix("y"))
                .addInitializer(TensorProto.newBuilder().setName("one").setDataType(TensorProto.DataType.FLOAT.getNumber()).addDims(1)
                        .setRawData(ByteString.copyFrom(one)))
                .addNode(NodeProto.newBuilder().setOpType("Add").addInput("x").addInput("one").addOutput("y")).build();
        ModelProto model = ModelProto.newBuilder().setIrVersion(10).addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20))
                .setGraph(graph).build();
        return Files.write(folder.resolve("successor.onnx"), model.toByteArray());
    }

    private static ValueInfoProto matrix(String name) {
        TensorShapeProto shape = TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(2))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n")).build();
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
    }
}
