package io.utter.model;

import io.utter.model.WaveformModel.Window;
import io.utter.model.ort.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Every run with tensors of its own, as suits the processor. */
final class NetworkGenerator implements WaveformGenerator {
    private final Network network;
    private final int latentWidth;
    private final ReceptiveField field;

    /** @param network closed with this */
    NetworkGenerator(Network network, int latentWidth, ReceptiveField field) {
        this.network = network;
        this.latentWidth = latentWidth;
        this.field = field;
    }

    @Override
    public List<float[]> generate(List<Window> windows, int from, int to) {
        int count = windows.size();
        int frames = windows.getFirst().latents().frames();
        List<ReceptiveField.Crop> crops = field.crops(frames, from, to);
        Map<String, Tensor> inputs = new HashMap<>();
        try {
            inputs.put("mean", stacked(windows, window -> window.latents().mean(), latentWidth, frames));
            inputs.put("log_deviation", stacked(windows, window -> window.latents().logDeviation(), latentWidth, frames));
            inputs.put("noise", stacked(windows, Window::noise, latentWidth, frames));
            inputs.put("style", stacked(windows, Window::style, windows.getFirst().style().length));
            for (int i = 0; i < crops.size(); i++) {
                inputs.put("crop." + i + ".start", network.longs(new long[] {crops.get(i).start()}, 1));
                inputs.put("crop." + i + ".end", network.longs(new long[] {crops.get(i).end()}, 1));
            }
            float[] all = network.run(inputs, "samples").get("samples");
            int samples = to - from;
            return IntStream.range(0, count).mapToObj(i -> Arrays.copyOfRange(all, i * samples, (i + 1) * samples)).toList();
        } finally {
            inputs.values().forEach(Tensor::close);
        }
    }

    /** [windows, ...shape] */
    private Tensor stacked(List<Window> windows, Function<Window, float[]> part, long... shape) {
        long[] full = LongStream.concat(LongStream.of(windows.size()), LongStream.of(shape)).toArray();
        return network.floats(windows.stream().map(part).toList(), full);
    }

    @Override
    public void close() {
        network.close();
    }
}
