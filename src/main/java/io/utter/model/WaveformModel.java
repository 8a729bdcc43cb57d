package io.utter.model;

import java.util.List;

/** Latent frames to samples: flow and generator (spec 5.2, 5.3). Safe for use by many threads. */
public final class WaveformModel implements AutoCloseable {
    private final WaveformGenerator generator;
    private final ReceptiveField field;

    /** @param threads how many threads of the processor one run may use */
    public WaveformModel(Bundle bundle, int threads) {
        this(bundle, Placement.onProcessor(threads));
    }

    public WaveformModel(Bundle bundle, Placement placement) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        this.field = new ReceptiveField(shape);
        this.generator = placement.usesDeviceGraphs() ? new DeviceGenerator(bundle, placement, field)
                : new NetworkGenerator(placement.network(bundle, Bundle.WAVEFORM), shape.latentWidth(), field);
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
        return generator.generate(windows, from, to);
    }

    @Override
    public void close() {
        generator.close();
    }
}
