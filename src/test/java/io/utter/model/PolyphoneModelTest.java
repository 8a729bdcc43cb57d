package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.error.UtterException;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.ElementType;
import io.utter.importer.graph.GraphBuilder;
import io.utter.importer.graph.Value;
import io.utter.importer.graph.WeightFile;
import io.utter.text.zh.MandarinFrontEnd;
import io.utter.text.zh.Polyphones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network with the inputs and output of g2pW's, and sums that can be done in one's head: g2pW's own weights cannot be had here. */
class PolyphoneModelTest {
    private static final Path TABLES = Path.of("src/test/resources/golden/g2pw");

    @TempDir
    Path folder;

    /** What is likely is the mask times the token that is asked for plus the number of its character. */
    @BeforeEach
    void write() throws IOException {
        try (WeightFile weights = new WeightFile(folder.resolve("weights"), false)) {
            GraphBuilder graph = new GraphBuilder("g2pw", weights, Arithmetic.SINGLE);
            Value tokens = graph.input("input_ids", ElementType.INT64, "batch", "tokens");
            graph.input("token_type_ids", ElementType.INT64, "batch", "tokens");
            graph.input("attention_mask", ElementType.INT64, "batch", "tokens");
            Value mask = graph.input("phoneme_mask", ElementType.FLOAT, "queries", "labels");
            Value characters = graph.input("char_ids", ElementType.INT64, "queries");
            Value positions = graph.input("position_ids", ElementType.INT64, "queries");
            Value asked = graph.gather(graph.reshape(tokens, -1), positions, 0);
            Value sum = graph.unsqueeze(graph.cast(graph.add(asked, characters), ElementType.FLOAT), 1);
            graph.output("probs", graph.mul(mask, sum), ElementType.FLOAT, "queries", "labels");
            graph.write(folder.resolve("g2pW.onnx"));
        }
    }

    @Test
    void whatIsGivenReachesTheNetwork() {
        PolyphoneModel model = new PolyphoneModel(folder.resolve("g2pW.onnx"), 1);
        assertArrayEquals(new float[] {37, 0, 18.5f, 20, 40, 0},
                model.probabilities(new long[] {5, 30, 40, 6}, new float[] {1, 0, 0.5f, 0.5f, 1, 0}, new long[] {7, 0}, new long[] {1, 2}));
    }

    @Test
    void readingsComeFromIt() throws IOException {
        for (String table : List.of("MONOPHONIC_CHARS.txt", "POLYPHONIC_CHARS.txt", "bopomofo_to_pinyin_wo_tune_dict.json", "vocab.txt")) {
            Files.copy(TABLES.resolve(table), folder.resolve(table));
        }
        Polyphones.check(folder);
        PolyphoneModel model = new PolyphoneModel(folder.resolve(Polyphones.NETWORK), 1);
        MandarinFrontEnd mandarin = MandarinFrontEnd.ofAllGenerations(Optional.of(() -> new Polyphones(folder, model::probabilities))).getLast();
        // All allowed labels are equally likely: the first in the order of bopomofo is taken, which is not what the dictionary says
        assertEquals("h", mandarin.pronounce("行").phones().getFirst());
        assertEquals("x", MandarinFrontEnd.ofAllGenerations().getLast().pronounce("行").phones().getFirst());
    }

    @Test
    void whatIsNoNetworkIsRefusedWithItsName() throws IOException {
        Path damaged = Files.writeString(folder.resolve("damaged.onnx"), "no network");
        UtterException.Failed failure = assertThrows(UtterException.Failed.class,
                () -> new PolyphoneModel(damaged, 1).probabilities(new long[] {1}, new float[] {1}, new long[] {0}, new long[] {0}));
        assertEquals("model_unloadable", failure.code());
    }
}
