package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys and values of one sequence in every layer, in memory that the transformer updates in place. Layout per tensor:
 * [1, heads, capacity, headWidth]. Belongs to one thread at a time.
 */
public final class KeyValueCache implements AutoCloseable {
    private static final int ROWS_PER_BLOCK = 128;

    private final Network network;
    private final int layers;
    private final int heads;
    private final int headWidth;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();
    private final Map<String, OnnxTensor> outputs = new HashMap<>();
    private final Map<String, FloatBuffer> memory = new HashMap<>();
    private int capacity;
    private int length;

    KeyValueCache(Network network, Manifest.Semantic shape) {
        this.network = network;
        this.layers = shape.layers();
        this.heads = shape.heads();
        this.headWidth = shape.width() / shape.heads();
    }

    /** Rows that are filled. */
    public int length() {
        return length;
    }

    int capacity() {
        return capacity;
    }

    void clear() {
        length = 0;
    }

    void advance(int rows) {
        length += rows;
    }

    /** Makes room for at least so many rows; what is there stays. */
    void reserve(int rows) {
        if (rows <= capacity) {
            return;
        }
        int next = (Math.max(rows, capacity + capacity / 2) + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK * ROWS_PER_BLOCK;
        for (int layer = 0; layer < layers; layer++) {
            enlarge("key." + layer, next);
            enlarge("value." + layer, next);
        }
        capacity = next;
    }

    private void enlarge(String name, int next) {
        FloatBuffer larger = Network.floatBuffer(heads * next * headWidth);
        FloatBuffer old = memory.put(name, larger);
        if (old != null) {
            for (int head = 0; head < heads; head++) {
                larger.put(head * next * headWidth, old, head * capacity * headWidth, length * headWidth);
            }
            inputs.get(name).close();
        }
        OnnxTensor tensor = network.floats(larger, 1, heads, next, headWidth);
        inputs.put(name, tensor);
        outputs.put(name + ".next", tensor);
    }

    Map<String, OnnxTensor> inputs() {
        return inputs;
    }

    Map<String, OnnxTensor> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        inputs.clear();
        outputs.clear();
        memory.clear();
        capacity = 0;
        length = 0;
    }
}
