package io.utter.model;

import io.utter.model.ort.Tensor;
import java.util.Map;

/** Filter banks to a speaker embedding (spec 3.5). Safe for use by many threads. */
public final class SpeakerModel implements AutoCloseable {
    private final Network network;

    /** @param threads how many threads of the processor one run may use */
    public SpeakerModel(Pretrained pretrained, int threads) {
        this.network = Placement.onProcessor(threads).network(pretrained);
    }

    /**
     * @param energies logarithms of filter bank energies [frames, bands], row by row
     * @return embedding [speakerWidth]
     */
    public float[] encode(float[] energies, int frames) {
        try (Tensor input = network.floats(energies, 1, frames, energies.length / frames)) {
            return network.run(Map.of("filter_bank", input), "embedding").get("embedding");
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
