package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Map;

/** Reference spectrogram, and in the Pro generations a speaker embedding, to style vector (spec 3.4). Safe for use by many threads. */
public final class StyleModel implements AutoCloseable {
    private final Network network;
    private final int bins;

    /** @param threads how many threads of the processor one run may use */
    public StyleModel(Bundle bundle, int threads) {
        this(bundle, Placement.onProcessor(threads));
    }

    public StyleModel(Bundle bundle, Placement placement) {
        this.network = placement.network(bundle, Bundle.STYLE);
        this.bins = bundle.manifest().acoustic().styleBins();
    }

    /**
     * @param spectrogram magnitudes [bins, frames], row by row; at least as many bins as the encoder reads, the others are left out
     * @param frames columns
     * @param speaker speaker embedding [speakerWidth]; empty for generations that read none
     * @return style vector [styleWidth]
     */
    public float[] encode(float[] spectrogram, int frames, float[] speaker) {
        float[] used = java.util.Arrays.copyOf(spectrogram, bins * frames);
        try (Tensor input = network.floats(used, 1, bins, frames)) {
            if (speaker.length == 0) {
                return network.run(Map.of("spectrogram", input), "style").get("style");
            }
            try (Tensor embedding = network.floats(speaker, 1, speaker.length)) {
                return network.run(Map.of("spectrogram", input, "speaker", embedding), "style").get("style");
            }
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
