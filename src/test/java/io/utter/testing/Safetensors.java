package io.utter.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The tensors of one {@code .safetensors} file, read whole into memory. Made for test data: it trusts the file.
 *
 * @see <a href="https://huggingface.co/docs/safetensors/index#format">the format</a>
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Tensor> tensors;

    private Safetensors(Path file, Map<String, Tensor> tensors) {
        this.file = file;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    public static Safetensors read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = Math.toIntExact(bytes.getLong());
            JsonNode header = JSON.readTree(new String(bytes.array(), Long.BYTES, headerLength, StandardCharsets.UTF_8));
            ByteBuffer data = bytes.slice(Long.BYTES + headerLength, bytes.capacity() - Long.BYTES - headerLength);

            Map<String, Tensor> tensors = new LinkedHashMap<>();
            header.properties().stream()
                    .filter(entry -> !entry.getKey().equals("__metadata__"))
                    .forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), data)));
            return new Safetensors(file, tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tensor tensor(String name, JsonNode entry, ByteBuffer data) {
        int begin = entry.get("data_offsets").get(0).asInt();
        int end = entry.get("data_offsets").get(1).asInt();
        JsonNode shape = entry.get("shape");
        int[] dims = new int[shape.size()];
        Arrays.setAll(dims, i -> shape.get(i).asInt());
        return new Tensor(name, entry.get("dtype").asText(), dims, data.slice(begin, end - begin));
    }

    public Set<String> names() {
        return tensors.keySet();
    }

    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** @throws NoSuchElementException naming what there is instead */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new NoSuchElementException("no tensor '" + name + "' in " + file + ", which has " + tensors.keySet());
        }
        return tensor;
    }

    /** One tensor. Values come in C order, as new arrays at each call. */
    public static final class Tensor {
        private final String name;
        private final String dtype;
        private final int[] shape;
        private final ByteBuffer data;

        private Tensor(String name, String dtype, int[] shape, ByteBuffer data) {
            this.name = name;
            this.dtype = dtype;
            this.shape = shape;
            this.data = data;
        }

        public String name() {
            return name;
        }

        /** As the file spells it: {@code F32}, {@code I64}, {@code I16}, ... */
        public String dtype() {
            return dtype;
        }

        public int[] shape() {
            return shape.clone();
        }

        /** Extent of an axis; a negative axis counts from the last. */
        public int dim(int axis) {
            return shape[axis < 0 ? axis + shape.length : axis];
        }

        public int size() {
            int size = 1;
            for (int dim : shape) {
                size *= dim;
            }
            return size;
        }

        /** The values of a tensor of any type, as float32. */
        public float[] floats() {
            float[] values = new float[size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (dtype) {
                    case "F32" -> bytes().getFloat(i * Float.BYTES);
                    case "F64" -> (float) bytes().getDouble(i * Double.BYTES);
                    case "F16" -> Float.float16ToFloat(bytes().getShort(i * Short.BYTES));
                    default -> integer(i);
                };
            }
            return values;
        }

        /** The values of a tensor of an integer type. */
        public long[] longs() {
            long[] values = new long[size()];
            Arrays.setAll(values, this::integer);
            return values;
        }

        /** The values of a tensor of an integer type, each of which must fit an int. */
        public int[] ints() {
            return Arrays.stream(longs()).mapToInt(Math::toIntExact).toArray();
        }

        private long integer(int i) {
            return switch (dtype) {
                case "I64" -> bytes().getLong(i * Long.BYTES);
                case "I32" -> bytes().getInt(i * Integer.BYTES);
                case "I16" -> bytes().getShort(i * Short.BYTES);
                case "I8" -> bytes().get(i);
                case "U8", "BOOL" -> Byte.toUnsignedLong(bytes().get(i));
                default -> throw new IllegalStateException("'" + name + "' is " + dtype + ", not an integer type");
            };
        }

        private ByteBuffer bytes() {
            return data.order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public String toString() {
            return name + " " + dtype + Arrays.toString(shape);
        }
    }
}
