package io.utter.importer.graph;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The file that holds the weights of a bundle's graphs (ONNX external data). Tensors start at page boundaries, so that they can be
 * memory-mapped, and a tensor named by several graphs is stored once.
 *
 * <p>A compact file holds values as fp16 wherever that loses nothing, which is what original checkpoints hold. Graphs widen them, and
 * ONNX Runtime does so once, while it loads: half the size for a somewhat slower start. That is storage only: weights of products that
 * are computed in reduced precision come here rounded, and are never widened.
 */
public final class WeightFile implements Closeable {
    private static final int ALIGNMENT = 4096;

    private record Name(String tensor, ElementType type) {}

    record Entry(ElementType type, long[] shape, long offset, long length) {}

    private final Path path;
    private final boolean compact;
    private final FileChannel channel;
    private final Map<Name, Entry> entries = new HashMap<>();

    public WeightFile(Path path, boolean compact) throws IOException {
        this.path = path;
        this.compact = compact;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    String fileName() {
        return path.getFileName().toString();
    }

    /**
     * Stores the tensor unless one of that name and type is there already, perhaps with other axes.
     *
     * @param wanted the type that the graph computes with; the entry tells the one that it is stored in
     */
    Entry put(String tensorName, Dense tensor, ElementType wanted) throws IOException {
        Name name = new Name(tensorName, wanted);
        Entry known = entries.get(name);
        if (known != null) {
            return new Entry(known.type, tensor.shape(), known.offset, known.length);
        }
        ElementType type = wanted == ElementType.FLOAT && compact && fitsHalf(tensor.values()) ? ElementType.FLOAT16 : wanted;
        ByteBuffer bytes = encode(tensor.values(), type);
        long offset = (channel.position() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        channel.position(offset);
        Entry entry = new Entry(type, tensor.shape(), offset, bytes.remaining());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        entries.put(name, entry);
        return entry;
    }

    static ByteBuffer encode(float[] values, ElementType type) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * type.bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT -> {
                bytes.asFloatBuffer().put(values);
                bytes.position(bytes.capacity());
            }
            case FLOAT16 -> {
                for (float v : values) {
                    bytes.putShort(Float.floatToFloat16(v));
                }
            }
            case BFLOAT16 -> {
                for (float v : values) {
                    bytes.putShort(brainFloat(v));
                }
            }
            default -> throw new IllegalArgumentException(type + " is not a type of weights");
        }
        return bytes.flip();
    }

    /** The upper half of a float's bits, rounded to nearest, ties to even. */
    static short brainFloat(float value) {
        int bits = Float.floatToIntBits(value);
        boolean number = !Float.isNaN(value);
        return (short) ((number ? bits + 0x7FFF + (bits >>> 16 & 1) : bits) >>> 16);
    }

    private static boolean fitsHalf(float[] values) {
        for (float v : values) {
            if (Float.float16ToFloat(Float.floatToFloat16(v)) != v) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
