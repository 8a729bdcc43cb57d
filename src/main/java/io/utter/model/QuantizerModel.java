package io.utter.model;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.utter.model.ort.Binding;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;

/** Content features to semantic tokens (spec 3.2). Safe for use by many threads. */
public final class QuantizerModel implements AutoCloseable {
    private static final int FRAMES_PER_TOKEN = 2;

    private final Network network;

    /** @param threads how many threads of the processor one run may use */
    public QuantizerModel(Bundle bundle, int threads) {
        this.network = Placement.onProcessor(threads).network(bundle, Bundle.QUANTIZER);
    }

    /** One token for every two frames; a last frame without another is left out. */
    public int[] encode(ContentModel.Features features) {
        int tokens = features.frames() / FRAMES_PER_TOKEN;
        try (Arena arena = Arena.ofConfined(); Tensor input = network.floats(features.values(), 1, features.frames(), features.width())) {
            MemorySegment memory = arena.allocate(JAVA_LONG, tokens);
            try (Tensor output = network.longs(memory, 1, tokens);
                    Binding run = network.bind(Map.of("features", input), Map.of("tokens", output))) {
                network.run(run);
            }
            return Arrays.stream(memory.toArray(JAVA_LONG)).mapToInt(Math::toIntExact).toArray();
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
