package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Map;

/** Sound to content features (spec 3.2). Safe for use by many threads. */
public final class ContentModel implements AutoCloseable {
    private final Network network;
    private final int width;

    /** @param threads how many threads of the processor one run may use */
    public ContentModel(Pretrained pretrained, int threads) {
        this.network = Placement.onProcessor(threads).network(pretrained);
        this.width = pretrained.description().width();
    }

    /**
     * What it has heard.
     *
     * @param values [frames, width], row by row
     */
    public record Features(float[] values, int frames, int width) {}

    /** @param wave 16 kHz, with the silence behind it */
    public Features encode(float[] wave) {
        try (Tensor input = network.floats(wave, 1, wave.length)) {
            float[] values = network.run(Map.of("wave", input), "features").get("features");
            return new Features(values, values.length / width, width);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
