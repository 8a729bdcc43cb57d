package io.utter.importer.graph;

/** Element types of the tensors that our graphs use, with their numbers in {@code TensorProto.DataType}. */
public enum ElementType {
    FLOAT(1, 4),
    INT32(6, 4),
    INT64(7, 8),
    FLOAT16(10, 2),
    BFLOAT16(16, 2);

    final int onnx;
    final int bytes;

    ElementType(int onnx, int bytes) {
        this.onnx = onnx;
        this.bytes = bytes;
    }
}
