package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Characters to text features (spec 2.5). Safe for use by many threads. */
public final class TextFeatureModel implements AutoCloseable {
    private static final String UNKNOWN = "[UNK]";
    private static final String BEGIN = "[CLS]";
    private static final String END = "[SEP]";

    private final Network network;
    private final int width;
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param threads how many threads of the processor one run may use */
    public TextFeatureModel(Pretrained pretrained, int threads) {
        List<String> vocabulary = vocabulary(pretrained);
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.putIfAbsent(vocabulary.get(id), id);
        }
        this.network = Placement.onProcessor(threads).network(pretrained);
        this.width = pretrained.description().width();
    }

    private static List<String> vocabulary(Pretrained pretrained) {
        try {
            List<String> vocabulary = Files.readAllLines(pretrained.vocabulary());
            if (vocabulary.containsAll(List.of(UNKNOWN, BEGIN, END))) {
                return vocabulary;
            }
            throw new UtterException.Failed("bundle_unreadable", pretrained.vocabulary() + " is not a vocabulary of BERT", null);
        } catch (IOException e) {
            throw new UtterException.Failed("bundle_unreadable", "the vocabulary of network " + pretrained.id() + " cannot be read", e);
        }
    }

    /** Values per character. */
    public int width() {
        return width;
    }

    /**
     * @param text characters of the basic plane, each of which is an id of its own; at most some 500 (the places that the network knows)
     * @return [characters, width], row by row
     */
    public float[] encode(String text) {
        long[] sequence = ids(text);
        try (Tensor input = network.longs(sequence, 1, sequence.length)) {
            return network.run(Map.of("ids", input), "features").get("features");
        }
    }

    /** With the marks at either end. */
    long[] ids(String text) {
        long[] sequence = new long[text.length() + 2];
        Arrays.setAll(sequence, at -> at == 0 ? id(BEGIN) : at == sequence.length - 1 ? id(END) : id(text.substring(at - 1, at)));
        return sequence;
    }

    private int id(String piece) {
        return ids.getOrDefault(piece, ids.get(UNKNOWN));
    }

    @Override
    public void close() {
        network.close();
    }
}
