package io.utter.importer.graph;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.OnnxMl.AttributeProto;
import onnx.OnnxMl.GraphProto;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import onnx.OnnxMl.OperatorSetIdProto;
import onnx.OnnxMl.StringStringEntryProto;
import onnx.OnnxMl.TensorProto;
import onnx.OnnxMl.TensorShapeProto;
import onnx.OnnxMl.TypeProto;
import onnx.OnnxMl.ValueInfoProto;

/**
 * Writes one ONNX graph, operator by operator. Each method adds the node of the operator it is named after
 * (<a href="https://onnx.ai/onnx/operators/">operator set 24</a>) and returns its output; shapes are in comments where they are used.
 *
 * <p>In reduced precision (fp16, bf16) weights of products are of that type, and each operator runs in one of two:
 * <ul>
 * <li>Gemm, MatMul and Conv with an {@link #operand} as their weight run in the reduced type: they hold nearly all weights and
 *     operations, and libraries sum them in single precision. A Cast stands before and behind each.</li>
 * <li>All others run in fp32. LayerNormalization, Softmax and Attention sum over many values; residual sums and the flow's sums grow from
 *     layer to layer, and what is added last would be lost first; products of two activations belong to attention; embeddings, positions
 *     and masks are looked up or added, which costs nothing. Products whose result is heard or sampled (logits, the last convolution
 *     before samples) have their weight from {@link #weight}, and stay fp32 too: a rounded score can tie with another.</li>
 * </ul>
 * Inputs, outputs and caches of keys and values are fp32, so that who runs a graph need not know its precision.
 *
 * <p>With {@link Arithmetic.Form#STORED}, only weights are reduced, and widened while the graph is loaded: nothing else changes.
 *
 * <p>Graphs for devices, where each Cast is a kernel of its own, keep the values between products in the reduced type too, from
 * {@link #reduced} to {@link #widened}. LayerNormalization and attention sum in fp32 all the same.
 */
public final class GraphBuilder {
    private static final int OPSET = 24;
    private static final int IR_VERSION = 11;
    /** Operators of ONNX Runtime's own. */
    private static final String CONTRIB = "com.microsoft";
    private static final int CONTRIB_OPSET = 1;
    /** Smaller tensors are kept inside the graph's own file. */
    private static final int EXTERNAL_BYTES = 1024;

    private final GraphProto.Builder graph;
    private final WeightFile weightFile;
    private final ElementType products;
    private final boolean imitated;
    private final boolean onlyStored;
    private final Map<String, Value> weights = new HashMap<>();
    private int nodes;
    private boolean contributed;

    /** @param arithmetic of products with an {@link #operand} */
    public GraphBuilder(String name, WeightFile weightFile, Arithmetic arithmetic) {
        this.graph = GraphProto.newBuilder().setName(name);
        this.weightFile = weightFile;
        this.products = arithmetic.precision().products;
        this.imitated = arithmetic.imitated();
        this.onlyStored = arithmetic.form() == Arithmetic.Form.STORED;
    }

    /** @param shape a number for a fixed extent, a name for one that is known only at run time */
    public Value input(String name, ElementType type, Object... shape) {
        graph.addInput(describe(name, type, shape));
        return new Value(name);
    }

    public void output(String name, Value value, ElementType type, Object... shape) {
        graph.addNode(NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value.name()).addOutput(name));
        graph.addOutput(describe(name, type, shape));
    }

    /** An output of the type in which products run. */
    public void reducedOutput(String name, Value value, Object... shape) {
        output(name, value, products, shape);
    }

    /** An output that is the very memory of a node's output, without the copy that {@link #output} leaves to the runtime to remove. */
    private void outputInPlace(String name, ElementType type, Object... shape) {
        graph.addOutput(describe(name, type, shape));
    }

    /** An input of the type in which products run. */
    public Value reducedInput(String name, Object... shape) {
        graph.addInput(describe(name, products, shape));
        return new Value(name, products != ElementType.FLOAT);
    }

    /** A weight in single precision, stored once per name in the weight file. */
    public Value weight(String name, Dense tensor) {
        return weights.computeIfAbsent(name, n -> addWeight(n, tensor, ElementType.FLOAT));
    }

    /** The weight or bias of a product that may run in reduced precision, likewise. */
    public Value operand(String name, Dense tensor) {
        return weights.computeIfAbsent(name, n -> {
            Value stored = addWeight(n, tensor, products);
            return onlyStored ? widened(stored) : stored;
        });
    }

    private Value addWeight(String name, Dense tensor, ElementType wanted) {
        boolean reduced = wanted != ElementType.FLOAT;
        if (tensor.values().length * ElementType.FLOAT.bytes < EXTERNAL_BYTES) {
            return addConstant(name, tensor, wanted);
        }
        try {
            WeightFile.Entry entry = weightFile.put(name, tensor, wanted);
            boolean half = entry.type() != wanted;
            graph.addInitializer(tensor(half ? name + ".half" : name, entry.type(), entry.shape())
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(property("location", weightFile.fileName()))
                    .addExternalData(property("offset", Long.toString(entry.offset())))
                    .addExternalData(property("length", Long.toString(entry.length()))));
            return half ? cast(new Value(name + ".half"), ElementType.FLOAT) : new Value(name, reduced);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Value addConstant(String name, Dense tensor, ElementType type) {
        graph.addInitializer(tensor(name, type, tensor.shape()).setRawData(ByteString.copyFrom(WeightFile.encode(tensor.values(), type))));
        return new Value(name, type != ElementType.FLOAT);
    }

    /** A constant of the graph's own, whatever its size. */
    public Value constant(String name, Dense tensor) {
        return weights.computeIfAbsent(name, n -> addConstant(n, tensor, ElementType.FLOAT));
    }

    /** A constant vector of 64-bit integers. */
    public Value integers(long... values) {
        return weights.computeIfAbsent("integers" + Arrays.toString(values), name -> {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(values);
            graph.addInitializer(tensor(name, ElementType.INT64, values.length).setRawData(ByteString.copyFrom(bytes)));
            return new Value(name);
        });
    }

    /** A constant scalar. */
    public Value scalar(float value) {
        return weight("scalar " + value, Dense.of(value));
    }

    // Operators

    public Value add(Value a, Value b) {
        return node("Add", List.of(a, b));
    }

    public Value sub(Value a, Value b) {
        return node("Sub", List.of(a, b));
    }

    public Value mul(Value a, Value b) {
        return node("Mul", List.of(a, b));
    }

    public Value div(Value a, Value b) {
        return node("Div", List.of(a, b));
    }

    /** @param b another value, or an operand */
    public Value matMul(Value a, Value b) {
        return product("MatMul", a, List.of(b));
    }

    /**
     * A product in the type of its weight. Its result is of that type where {@code x} is, and otherwise in single precision.
     *
     * @param operands weight and, where there is one, bias
     */
    private Value product(String operator, Value x, List<Value> operands, AttributeProto... attributes) {
        List<Value> inputs = new ArrayList<>(operands);
        if (!operands.getFirst().reduced() || x.reduced()) {
            inputs.addFirst(x);
            return node(operator, inputs, attributes);
        }
        inputs.addFirst(cast(x, products));
        if (imitated) {
            inputs.replaceAll(input -> cast(input, ElementType.FLOAT));
        }
        Value result = node(operator, inputs, attributes);
        return cast(imitated ? cast(result, products) : result, ElementType.FLOAT);
    }

    private static List<Value> operands(Value weight, Value bias) {
        return bias == null ? List.of(weight) : List.of(weight, bias);
    }

    /**
     * A linear layer: {@code x weightᵀ + bias}.
     *
     * @param x [rows, in]
     * @param weight [out, in], as PyTorch has it
     * @param bias [out], or null where the layer has none
     */
    public Value gemm(Value x, Value weight, Value bias) {
        return product("Gemm", x, operands(weight, bias), integer("transB", 1));
    }

    public Value relu(Value x) {
        return node("Relu", List.of(x));
    }

    public Value leakyRelu(Value x, float slope) {
        return node("LeakyRelu", List.of(x), decimal("alpha", slope));
    }

    public Value tanh(Value x) {
        return node("Tanh", List.of(x));
    }

    public Value sigmoid(Value x) {
        return node("Sigmoid", List.of(x));
    }

    public Value exp(Value x) {
        return node("Exp", List.of(x));
    }

    public Value mish(Value x) {
        return node("Mish", List.of(x));
    }

    public Value gelu(Value x) {
        return node("Gelu", List.of(x));
    }

    /** @param slope of negative values, [channels, 1, ...] */
    public Value prelu(Value x, Value slope) {
        return node("PRelu", List.of(x, slope));
    }

    /** The place of the greatest value along an axis, of several the first. */
    public Value argMax(Value x, int axis) {
        return node("ArgMax", List.of(x), integer("axis", axis), integer("keepdims", 0));
    }

    public Value softmax(Value x, int axis) {
        return node("Softmax", List.of(x), integer("axis", axis));
    }

    public Value reduceMean(Value x, int axis, boolean keep) {
        return node("ReduceMean", List.of(x, integers(axis)), integer("keepdims", keep ? 1 : 0));
    }

    /** Normalises over the last axis. */
    public Value layerNormalization(Value x, Value scale, Value bias, float epsilon) {
        return node("LayerNormalization", List.of(x, scale, bias), integer("axis", -1), decimal("epsilon", epsilon));
    }

    /** Normalises each channel of [batch, channels, time] over time. */
    public Value instanceNormalization(Value x, Value scale, Value bias, float epsilon) {
        return node("InstanceNormalization", List.of(x, scale, bias), decimal("epsilon", epsilon));
    }

    public Value gather(Value x, Value indices, int axis) {
        return node("Gather", List.of(x, indices), integer("axis", axis));
    }

    public Value gatherElements(Value x, Value indices, int axis) {
        return node("GatherElements", List.of(x, indices), integer("axis", axis));
    }

    public Value clip(Value x, Value least, Value most) {
        return node("Clip", List.of(x, least, most));
    }

    public Value cast(Value x, ElementType type) {
        return new Value(node("Cast", List.of(x), integer("to", type.onnx)).name(), type == products && products != ElementType.FLOAT);
    }

    /** From here on values are of the type in which products run, and so are all that are made of them. */
    public Value reduced(Value x) {
        return products == ElementType.FLOAT ? x : cast(x, products);
    }

    /** Back in single precision. */
    public Value widened(Value x) {
        return x.reduced() ? cast(x, ElementType.FLOAT) : x;
    }

    /** In a graph that imitates reduced products: {@code x} as if it were kept in their type, too. In others {@code x} itself. */
    public Value rounded(Value x) {
        return imitated ? cast(cast(x, products), ElementType.FLOAT) : x;
    }

    /** @param shape 0 keeps the extent, -1 takes what is left */
    public Value reshape(Value x, long... shape) {
        return node("Reshape", List.of(x, integers(shape)));
    }

    public Value reshape(Value x, Value shape) {
        return node("Reshape", List.of(x, shape));
    }

    /** The extents of {@code x} as a vector. */
    public Value shape(Value x) {
        return node("Shape", List.of(x));
    }

    /** One extent of {@code x} as a vector of one element. */
    public Value extent(Value x, int axis) {
        return node("Shape", List.of(x), integer("start", axis), integer("end", axis + 1L));
    }

    /** {@code x}, whose shape the runtime's optimizer is told where it can't find it out: equal names are equal extents. */
    public Value declared(Value x, Object... shape) {
        graph.addValueInfo(describe(x.name(), x.reduced() ? products : ElementType.FLOAT, shape));
        return x;
    }

    public Value squeeze(Value x, long... axes) {
        return node("Squeeze", List.of(x, integers(axes)));
    }

    public Value unsqueeze(Value x, long... axes) {
        return node("Unsqueeze", List.of(x, integers(axes)));
    }

    public Value transpose(Value x, long... permutation) {
        return node("Transpose", List.of(x), integers("perm", permutation));
    }

    public Value concat(int axis, Value... parts) {
        return node("Concat", List.of(parts), integer("axis", axis));
    }

    /** {@code x} cut into equal parts along an axis. */
    public List<Value> split(Value x, int axis, int parts) {
        return nodes("Split", parts, List.of(x), integer("axis", axis), integer("num_outputs", parts));
    }

    /** {@code x} from {@code start} to {@code end} (exclusive) along some axes; both are vectors of an element for each. */
    public Value slice(Value x, Value start, Value end, long... axes) {
        return node("Slice", List.of(x, start, end, integers(axes)));
    }

    /** Zeros put before and after along the last axis of a tensor of {@code rank} axes. */
    public Value padLast(Value x, int rank, int before, int after) {
        long[] pads = new long[2 * rank];
        pads[rank - 1] = before;
        pads[2 * rank - 1] = after;
        return node("Pad", List.of(x, integers(pads)));
    }

    /** Zeros put before and after along the second axis of [batch, time, width]. */
    public Value padTime(Value x, int before, int after) {
        return node("Pad", List.of(x, integers(0, before, 0, 0, after, 0)));
    }

    /** One-dimensional convolution of [batch, in, time]; the output is as long as the input. */
    public Value convSame(Value x, Value kernel, Value bias, int kernelSize, int dilation) {
        long pad = (long) (kernelSize - 1) * dilation / 2;
        return product("Conv", x, operands(kernel, bias), integers("kernel_shape", kernelSize),
                integers("dilations", dilation), integers("pads", pad, pad));
    }

    /** The same of every row of [batch, in, rows, time] with a kernel [out, in, 1, size]. */
    public Value convSameInRows(Value x, Value kernel, Value bias, int kernelSize, int dilation) {
        long pad = (long) (kernelSize - 1) * dilation / 2;
        return product("Conv", x, operands(kernel, bias), integers("kernel_shape", 1, kernelSize),
                integers("dilations", 1, dilation), integers("pads", 0, pad, 0, pad));
    }

    /**
     * Convolution of [batch, in, ...] over as many axes as the kernel has after its first two.
     *
     * @param kernelSize along each axis
     * @param stride along every axis
     * @param pad before and after along every axis
     * @param groups that channels are in
     */
    public Value conv(Value x, Value kernel, Value bias, int[] kernelSize, int stride, int pad, int groups) {
        long[] sizes = Arrays.stream(kernelSize).asLongStream().toArray();
        long[] strides = new long[sizes.length];
        long[] pads = new long[2 * sizes.length];
        Arrays.fill(strides, stride);
        Arrays.fill(pads, pad);
        return product("Conv", x, operands(kernel, bias), integers("kernel_shape", sizes), integers("strides", strides), integers("pads", pads),
                integer("group", groups));
    }

    /** [batch, rows, heads * width] to [batch, heads, rows, width]: queries and values of attention. */
    public Value splitHeads(Value x, int heads, int width) {
        return transpose(reshape(x, 0, 0, heads, width), 0, 2, 1, 3);
    }

    /** [batch, rows, heads * width] to [batch, heads, width, rows]: keys, ready to be multiplied by queries. */
    public Value splitHeadsTransposed(Value x, int heads, int width) {
        return transpose(reshape(x, 0, 0, heads, width), 0, 2, 3, 1);
    }

    /** [batch, heads, rows, width] to [batch, rows, all], all being heads * width. */
    public Value joinHeads(Value x, int all) {
        return reshape(transpose(x, 0, 2, 1, 3), 0, 0, all);
    }

    /**
     * Scaled dot-product attention, scale 1/sqrt(head width).
     *
     * @param query [batch, heads, rows, width]
     * @param key [batch, heads, columns, width]
     * @param value [batch, heads, columns, width]
     * @param bias added to the scores, [batch, 1 or heads, rows, columns]
     */
    public Value attention(Value query, Value key, Value value, Value bias) {
        return node("Attention", List.of(query, key, value, bias));
    }

    public Value max(Value a, Value b) {
        return node("Max", List.of(a, b));
    }

    public Value less(Value a, Value b) {
        return node("Less", List.of(a, b));
    }

    /** @param condition booleans */
    public Value where(Value condition, Value a, Value b) {
        return new Value(node("Where", List.of(condition, a, b)).name(), a.reduced());
    }

    /**
     * Writes {@code update} [batch, heads, rows, width] into {@code cache} [batch, heads, capacity, width] from row {@code at} [batch]
     * on. The result is a graph output, and is written in place where the runtime is given one buffer for both.
     */
    public Value tensorScatter(String output, Value cache, Value update, Value at, Object... shape) {
        graph.addNode(NodeProto.newBuilder().setOpType("TensorScatter").setName(output)
                .addInput(cache.name()).addInput(update.name()).addInput(at.name()).addOutput(output)
                .addAttribute(integer("axis", 2)));
        outputInPlace(output, cache.reduced() ? products : ElementType.FLOAT, shape);
        return new Value(output, cache.reduced());
    }

    /**
     * Attention of one query per batch entry to the first positions of a cache, scale 1/sqrt(head width).
     *
     * @param query [batch, heads, 1, width]
     * @param key [batch, heads, capacity, width]
     * @param value [batch, heads, capacity, width]
     * @param lengths positions that count, int64 [batch]
     */
    public Value attentionTo(Value query, Value key, Value value, Value lengths) {
        return node("Attention", List.of(query, key, value, Value.NONE, Value.NONE, Value.NONE, lengths));
    }

    /**
     * An operator of ONNX Runtime's own.
     *
     * @param inputs {@link Value#NONE} where one is left out
     * @param others names of its outputs after the first
     * @return its outputs, of the type of the first input
     */
    List<Value> contributed(String operator, List<Value> inputs, List<String> others, AttributeProto... attributes) {
        contributed = true;
        String name = operator + "_" + nodes++;
        boolean reduced = inputs.getFirst().reduced();
        List<Value> values = new ArrayList<>(List.of(new Value(name, reduced)));
        others.forEach(other -> values.add(new Value(other, reduced)));
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setDomain(CONTRIB).setName(name).addAllAttribute(List.of(attributes));
        inputs.forEach(input -> node.addInput(input.name()));
        values.forEach(value -> node.addOutput(value.name()));
        graph.addNode(node);
        return values;
    }

    /** Declares a node's output to be a graph's, in the memory of the input that it changes. */
    void changed(Value output, Object... shape) {
        outputInPlace(output.name(), output.reduced() ? products : ElementType.FLOAT, shape);
    }

    public Value node(String operator, List<Value> inputs, AttributeProto... attributes) {
        return nodes(operator, 1, inputs, attributes).getFirst();
    }

    private List<Value> nodes(String operator, int outputs, List<Value> inputs, AttributeProto... attributes) {
        String name = operator + "_" + nodes++;
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(operator).setName(name).addAllAttribute(List.of(attributes));
        inputs.forEach(input -> node.addInput(input.name()));
        boolean reduced = inputs.getFirst().reduced(); // the type of the first input is that of the result, where it is not Cast's
        List<Value> values = java.util.stream.IntStream.range(0, outputs)
                .mapToObj(i -> new Value(outputs == 1 ? name : name + ":" + i, reduced)).toList();
        values.forEach(value -> node.addOutput(value.name()));
        graph.addNode(node);
        return values;
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto decimal(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    /** Writes the graph to a file beside the weight file it names. */
    public void write(Path file) throws IOException {
        ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("utter").setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
        if (contributed) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(CONTRIB).setVersion(CONTRIB_OPSET));
        }
        Files.write(file, model.build().toByteArray());
    }

    private static TensorProto.Builder tensor(String name, ElementType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.onnx);
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        return tensor;
    }

    private static ValueInfoProto describe(String name, ElementType type, Object... shape) {
        TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
        for (Object extent : shape) {
            TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
            dims.addDim(extent instanceof String symbol ? dim.setDimParam(symbol) : dim.setDimValue(((Number) extent).longValue()));
        }
        return ValueInfoProto.newBuilder().setName(name)
                .setType(TypeProto.newBuilder().setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.onnx).setShape(dims))).build();
    }

    private static StringStringEntryProto property(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
