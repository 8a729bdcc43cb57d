package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.GoldenBundle;
import io.utter.model.ort.OnnxRuntime;
import io.utter.model.ort.Session;
import io.utter.model.ort.Tensor;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import onnx.OnnxMl.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TensorRT is given against what runs everywhere else. */
class EngineGraphTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sovits/sovits-v1.pth", "sovits/sovits-v2.pth"})
    void withConstantCropsItGivesTheSameSamplesAtEveryLength(String weights) throws IOException {
        Bundle bundle = GoldenBundle.acoustic(GoldenCases.file(weights));
        Path compiled = bundle.file("for-an-engine.onnx");
        EngineGraph.write(bundle, compiled);
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        ReceptiveField field = new ReceptiveField(shape);
        try (Session crops = OnnxRuntime.NATIVE.open(bundle.file(Bundle.MASKED_WAVEFORM), 2); Session constants = OnnxRuntime.NATIVE.open(compiled, 2)) {
            for (WindowExtent extent : List.of(new WindowExtent(1, WindowLengths.SHORTEST), new WindowExtent(2, 19), new WindowExtent(1, WindowLengths.LONGEST))) {
                Map<String, float[]> values = values(extent, shape, field);
                float[] expected = run(crops, extent, shape, field, values, true);
                assertEquals(extent.windows() * extent.wanted() * shape.samplesPerFrame(), expected.length);
                assertArrayEquals(expected, run(constants, extent, shape, field, values, false), 1e-6f, extent.toString());
            }
        }
        List<String> inputs = ModelProto.parseFrom(Files.readAllBytes(compiled)).getGraph().getInputList().stream().map(input -> input.getName()).toList();
        assertEquals(new WindowExtent(1, 1).inputs(shape, field).keySet(), Set.copyOf(inputs));
    }

    private static Map<String, float[]> values(WindowExtent extent, Manifest.Acoustic shape, ReceptiveField field) {
        Random random = new Random(5);
        Map<String, float[]> values = new HashMap<>();
        extent.sent(shape, field).forEach((name, lengths) -> {
            float[] some = new float[(int) lengths.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b)];
            for (int i = 0; i < some.length; i++) {
                some[i] = switch (name) {
                    case "first" -> 3;
                    case "last" -> extent.frames(field) - 2;
                    default -> 0.3f * (float) random.nextGaussian();
                };
            }
            values.put(name, some);
        });
        List<float[]> positions = extent.positions(shape, field);
        for (int i = 0; i < positions.size(); i++) {
            values.put("position." + i, positions.get(i));
        }
        return values;
    }

    private static float[] run(Session session, WindowExtent extent, Manifest.Acoustic shape, ReceptiveField field, Map<String, float[]> values, boolean crops) {
        Map<String, Tensor> inputs = new HashMap<>();
        try {
            extent.inputs(shape, field).forEach((name, lengths) ->
                    inputs.put(name, session.floats(List.of(values.get(name)), lengths.stream().mapToLong(Long::longValue).toArray())));
            List<ReceptiveField.Crop> cropped = crops ? extent.crops(shape, field) : List.of();
            for (int i = 0; i < cropped.size(); i++) {
                inputs.put("crop." + i + ".start", session.longs(new long[] {cropped.get(i).start()}, 1));
                inputs.put("crop." + i + ".end", session.longs(new long[] {cropped.get(i).end()}, 1));
            }
            return session.run(inputs, Set.of("samples")).get("samples");
        } finally {
            inputs.values().forEach(Tensor::close);
        }
    }

    /** Else a constant would be right for one length only. */
    @ParameterizedTest
    @ValueSource(strings = {"sovits/sovits-v1.pth", "sovits/sovits-v2.pth", ""})
    void cropsTakeTheSameAwayWhateverTheLength(String weights) {
        Bundle bundle = weights.isEmpty() ? Bundle.open(Path.of("models/default")) : GoldenBundle.acoustic(GoldenCases.file(weights));
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        List<ReceptiveField.Crop> margins = EngineGraph.margins(shape, WindowLengths.SHORTEST);
        assertEquals(shape.stages().size() + 1, margins.size());
        for (int wanted : WindowLengths.all()) {
            assertEquals(margins, EngineGraph.margins(shape, wanted), "length " + wanted);
        }
    }

    @Test
    void anEngineIsOneNode() throws IOException {
        EngineSample.write(folder.resolve("whole.onnx"), "EPContext");
        EngineSample.write(folder.resolve("parts.onnx"), "EPContext", "Conv");
        EngineSample.write(folder.resolve("none.onnx"), "Conv");
        assertTrue(EngineGraph.isWhole(folder.resolve("whole.onnx")));
        assertFalse(EngineGraph.isWhole(folder.resolve("parts.onnx")));
        assertFalse(EngineGraph.isWhole(folder.resolve("none.onnx")));
    }
}
