package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * g2pW's network, as its authors exported it: how likely each reading is of some characters of a text (spec 2.7). Runs one text after the other, on a
 * thread of its own. Loaded when it is first asked; stays until the process ends.
 */
public final class PolyphoneModel {
    private static final String PROBABILITIES = "probs";

    private final Path file;
    private final int threads;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon(true).name("polyphones").factory());
    private Network network; // only for the thread

    /** @param threads how many threads of the processor one run may use */
    public PolyphoneModel(Path file, int threads) {
        this.file = file;
        this.threads = threads;
    }

    /**
     * @param tokens [tokens]
     * @param masks [queries, labels], row by row
     * @param characters [queries]
     * @param positions [queries]
     * @return [queries, labels], row by row
     */
    public float[] probabilities(long[] tokens, float[] masks, long[] characters, long[] positions) {
        return UtterException.joined(CompletableFuture.supplyAsync(() -> run(tokens, masks, characters, positions), thread));
    }

    private float[] run(long[] tokens, float[] masks, long[] characters, long[] positions) {
        if (network == null) {
            network = Placement.onProcessor(threads).network(file);
        }
        int queries = characters.length;
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (Tensor ids = network.longs(tokens, 1, tokens.length);
                Tensor types = network.longs(new long[tokens.length], 1, tokens.length);
                Tensor attention = network.longs(ones, 1, tokens.length);
                Tensor allowed = network.floats(masks, queries, masks.length / queries);
                Tensor queried = network.longs(characters, queries);
                Tensor places = network.longs(positions, queries)) {
            return network.run(Map.of("input_ids", ids, "token_type_ids", types, "attention_mask", attention, "phoneme_mask", allowed,
                    "char_ids", queried, "position_ids", places), PROBABILITIES).get(PROBABILITIES);
        }
    }
}
