package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Latent frames to samples: flow and generator (spec 5.2, 5.3). Safe for use by many threads. */
public final class WaveformModel implements AutoCloseable {
    private final Network network;
    private final ReceptiveField field;
    private final int latentWidth;

    /** @param threads how many threads of the processor one run may use */
    public WaveformModel(Bundle bundle, int threads) {
        this(bundle, Placement.onProcessor(threads));
    }

    public WaveformModel(Bundle bundle, Placement placement) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        this.network = placement.network(bundle, Bundle.WAVEFORM);
        this.field = new ReceptiveField(shape);
        this.latentWidth = shape.latentWidth();
    }

    /** What the samples of a frame depend on. */
    public ReceptiveField field() {
        return field;
    }

    /**
     * A window of consecutive frames.
     *
     * @param latents their distribution
     * @param noise standard normal values, [latentWidth, frames]
     * @param style style vector, [styleWidth]
     */
    public record Window(PriorModel.Latents latents, float[] noise, float[] style) {}

    /** One window: see the other method. */
    public float[] generate(PriorModel.Latents latents, float[] noise, float[] style, int from, int to) {
        return generate(List.of(new Window(latents, noise, style)), from, to).getFirst();
    }

    /**
     * @param windows of one or more utterances, all of the same length; none depends on the others
     * @param from first sample wanted of each, counted from the window's start
     * @param to last sample wanted, exclusive
     * @return the samples from {@code from} to {@code to} of each window
     */
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
