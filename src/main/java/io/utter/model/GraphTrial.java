package io.utter.model;

import io.utter.model.ort.Binding;
import io.utter.model.ort.Block;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.DeviceSessionOptions;
import io.utter.model.ort.DeviceSessionOptions.Runs;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A graph of inputs and outputs of one type, run on random input that lies in the device's memory already: for measuring. */
public final class GraphTrial implements AutoCloseable {
    private final Device device;
    private final DeviceSession session;
    private final Map<String, Block> blocks = new HashMap<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Binding binding;

    /**
     * @param half whether elements are fp16, not fp32
     * @param inputs extents by name
     * @param outputs extents by name
     */
    public GraphTrial(Path graph, Placement placement, boolean half, Map<String, long[]> inputs, Map<String, long[]> outputs) {
        ElementType type = half ? ElementType.FLOAT16 : ElementType.FLOAT;
        this.device = placement.open();
        this.session = device.open(graph, new DeviceSessionOptions(1, Runs.CAPTURED, half, 0));
        Map<String, Tensor> in = new HashMap<>();
        Map<String, Tensor> out = new HashMap<>();
        inputs.forEach((name, shape) -> in.put(name, tensor(name, type, shape, true)));
        outputs.forEach((name, shape) -> out.put(name, tensor(name, type, shape, false)));
        this.binding = session.bindCaptured(in, out, 1);
    }

    private Tensor tensor(String name, ElementType type, long[] shape, boolean random) {
        long count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        Block block = device.allocate(count * type.bytes());
        blocks.put(name, block);
        if (random) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment values = device.staging(block.bytes(), arena);
                Random source = new Random(name.hashCode());
                for (long i = 0; i < count; i++) {
                    float value = (float) source.nextGaussian();
                    if (type == ElementType.FLOAT) {
                        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
                    } else {
                        values.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(value));
                    }
                }
                device.write(values, block, 0);
                device.await();
            }
        }
        Tensor tensor = session.over(block, 0, type, shape);
        tensors.put(name, tensor);
        return tensor;
    }

    /** Runs so often, one after the other, and waits for the last. */
    public void run(int times) {
        for (int i = 0; i < times; i++) {
            binding.run();
        }
        device.await();
    }

    @Override
    public void close() {
        binding.close();
        tensors.values().forEach(Tensor::close);
        blocks.values().forEach(Block::close);
        session.close();
        device.close();
    }
}
