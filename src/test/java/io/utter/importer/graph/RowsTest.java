package io.utter.importer.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.utter.model.ort.OnnxRuntime;
import io.utter.model.ort.Session;
import io.utter.model.ort.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.NodeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Two residual steps of 16 channels, in rows and in a line. */
class RowsTest {
    private static final int CHANNELS = 16;
    private static final int SIZE = 3;
    private static final int[] DILATIONS = {1, 3};
    /** Of one convolution with each dilation and one without. */
    private static final int CONTEXT = (1 + 1) + (3 + 1);
    private static final float SLOPE = 0.1f;
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 50", "2, 1", "2, 11", "2, 12", "2, 13", "2, 14", "2, 101", "4, 1", "4, 5", "4, 11", "4, 12", "4, 15", "4, 16", "4, 17",
        "4, 100", "4, 103"})
    void whatIsCutIntoRowsIsWhatALineIs(int count, int time) throws IOException {
        float[] x = noise(time);
        assertArrayEquals(run(inLine(), x, time), run(inRows(count), x, time), TOLERANCE);
    }

    /** Without blocks. */
    @ParameterizedTest
    @EnumSource(OnnxRuntime.class)
    void forFewRunsTheSame(OnnxRuntime runtime) throws IOException {
        float[] x = noise(100);
        Path graph = inRows(4);
        try (Session session = runtime.openForFewRuns(graph, 2); Tensor input = session.floats(List.of(x), 1, CHANNELS, 100)) {
            assertArrayEquals(run(graph, x, 100), session.run(Map.of("x", input), Set.of("y")).get("y"), TOLERANCE);
        }
    }

    /** Nothing leaves the blocks between the first convolution and the last: no reordering, no sum and no activation by itself. */
    @Test
    void channelsStayInBlocks() throws IOException {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "elsewhere ONNX Runtime has no blocks");
        OnnxRuntime.savePacked(inRows(4), folder.resolve("loaded.onnx"), "loaded.weights");
        Map<String, Long> nodes = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("loaded.onnx"))).getGraph().getNodeList().stream()
                .collect(Collectors.groupingBy(NodeProto::getOpType, Collectors.counting()));
        assertEquals(1, nodes.get("ReorderInput"));
        assertEquals(1, nodes.get("ReorderOutput"));
        assertEquals(null, nodes.get("LeakyRelu"));
        assertEquals(1 + DILATIONS.length * 3, nodes.get("Conv"));
    }

    /** 64 channels are a set; a fourth of the work is a thread's. */
    @ParameterizedTest
    @CsvSource({"16, 4", "64, 4", "96, 2", "128, 2", "192, 4", "256, 1", "384, 1"})
    void asManyRowsAsShareWorkEvenly(int channels, int count) throws IOException {
        try (WeightFile weights = new WeightFile(folder.resolve("some.weights"), false)) {
            GraphBuilder g = new GraphBuilder("some", weights, Arithmetic.SINGLE);
            Rows.of(g, "some", channels, CONTEXT).enter(g.input("x", ElementType.FLOAT, "batch", channels, "time"));
            g.write(folder.resolve("some.onnx"));
        }
        NodeProto last = ModelProto.parseFrom(Files.readAllBytes(folder.resolve("some.onnx"))).getGraph().getNodeList().reversed().stream()
                .filter(node -> node.getOpType().equals(count == 1 ? "Unsqueeze" : "Concat")).findFirst().orElseThrow();
        assertEquals(count == 1 ? 2 : count, last.getInputCount()); // Unsqueeze: what, and where
    }

    private static float[] noise(int time) {
        float[] x = new float[CHANNELS * time];
        Random random = new Random(time);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    private Path inLine() throws IOException {
        return write("line", Line::new);
    }

    private Path inRows(int count) throws IOException {
        return write("rows" + count, g -> new Rows(g, "rows", CHANNELS, count, CONTEXT));
    }

    private interface Layouts {
        Layout of(GraphBuilder g);
    }

    private Path write(String name, Layouts layouts) throws IOException {
        Random random = new Random(1);
        Path file = folder.resolve(name + ".onnx");
        try (WeightFile weights = new WeightFile(folder.resolve(name + ".weights"), false)) {
            GraphBuilder g = new GraphBuilder(name, weights, Arithmetic.SINGLE);
            Layout layout = layouts.of(g);
            Value y = layout.enter(g.input("x", ElementType.FLOAT, "batch", CHANNELS, "time"));
            for (int dilation : DILATIONS) {
                Value inner = layout.convolution("a" + dilation, convolution(random), layout.leakyRelu(y, SLOPE), dilation);
                y = layout.add(y, layout.convolution("b" + dilation, convolution(random), g.leakyRelu(inner, SLOPE), 1));
            }
            g.output("y", layout.leave(y), ElementType.FLOAT, "batch", CHANNELS, "time");
            g.write(file);
        }
        return file;
    }

    private static Convolution convolution(Random random) {
        float[] kernel = new float[CHANNELS * CHANNELS * SIZE];
        float[] bias = new float[CHANNELS];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) random.nextGaussian() / (float) Math.sqrt(CHANNELS * SIZE);
        }
        for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) random.nextGaussian();
        }
        return new Convolution(new Dense(new long[] {CHANNELS, CHANNELS, SIZE}, kernel), Dense.vector(bias));
    }

    private static float[] run(Path graph, float[] x, int time) {
        try (Session session = OnnxRuntime.JAVA.open(graph, 2); Tensor input = session.floats(List.of(x), 1, CHANNELS, time)) {
            return session.run(Map.of("x", input), Set.of("y")).get("y");
        }
    }
}
