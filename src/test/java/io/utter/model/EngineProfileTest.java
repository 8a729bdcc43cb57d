package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import onnx.OnnxMl.ModelProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What engines take against what the lanes run. */
class EngineProfileTest {
    private static final Bundle BUNDLE = Bundle.open(Path.of("models/default"));
    private static final Manifest.Acoustic SHAPE = BUNDLE.manifest().acoustic();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 16})
    void everyRunOfALaneIsWithin(int windows) {
        EngineProfile profile = EngineProfile.ofWaveform(SHAPE, windows);
        ReceptiveField field = new ReceptiveField(SHAPE);
        for (int wanted = 1; wanted <= WindowLengths.LONGEST; wanted++) {
            for (int count = 1; count <= windows; count++) {
                WindowExtent run = new WindowExtent(WindowLengths.windows(count), WindowLengths.fitting(wanted));
                assertWithin(profile, run.inputs(SHAPE, field), run.toString());
            }
        }
        assertWithin(profile, profile.usual(), "usual");
    }

    private static void assertWithin(EngineProfile profile, Map<String, List<Long>> inputs, String what) {
        assertEquals(profile.least().keySet(), inputs.keySet());
        inputs.forEach((name, extents) -> IntStream.range(0, extents.size()).forEach(i -> assertTrue(
                profile.least().get(name).get(i) <= extents.get(i) && extents.get(i) <= profile.most().get(name).get(i), what + ": " + name)));
    }

    @Test
    void lanesHaveNoOtherLengthsThanThoseThatAreCaptured() {
        TreeSet<Integer> lengths = IntStream.rangeClosed(1, WindowLengths.LONGEST).map(WindowLengths::fitting).boxed().collect(Collectors.toCollection(TreeSet::new));
        assertEquals(List.copyOf(lengths), WindowLengths.all());
        assertEquals(List.of(1, 2, 4, 4, 8), IntStream.rangeClosed(1, 5).map(WindowLengths::windows).boxed().toList());
    }

    /** TensorRT refuses a graph of which one input of varying extents has no profile. */
    @Test
    void everyInputOfTheGraphHasAProfileAndNoOther() throws IOException {
        ModelProto masked = ModelProto.parseFrom(Files.readAllBytes(BUNDLE.file(Bundle.MASKED_WAVEFORM)));
        assertEquals(masked.getGraph().getInputList().stream().map(input -> input.getName()).filter(name -> !name.startsWith("crop."))
                .collect(Collectors.toCollection(TreeSet::new)), new TreeSet<>(EngineProfile.ofWaveform(SHAPE, 1).most().keySet()));
    }

    @Test
    void aLargerOneCoversASmallerOne() {
        assertTrue(EngineProfile.ofWaveform(SHAPE, 4).covers(EngineProfile.ofWaveform(SHAPE, 3)));
        assertTrue(EngineProfile.ofWaveform(SHAPE, 4).covers(EngineProfile.ofWaveform(SHAPE, 1)));
        assertFalse(EngineProfile.ofWaveform(SHAPE, 4).covers(EngineProfile.ofWaveform(SHAPE, 5)));
        EngineProfile one = EngineProfile.ofWaveform(SHAPE, 1);
        assertFalse(one.covers(new EngineProfile(Map.of("other", List.of(1L)), Map.of("other", List.of(1L)), Map.of("other", List.of(1L)))));
        EngineProfile longer = new EngineProfile(one.usual(), one.usual(), one.most());
        assertFalse(longer.covers(one), "the shortest windows are missing");
    }

    @Test
    void itIsWrittenAsOnnxRuntimeReadsIt() {
        assertEquals("a:1x2x3", EngineProfile.text(Map.of("a", List.of(1L, 2L, 3L))));
        String least = EngineProfile.text(new WindowExtent(1, WindowLengths.SHORTEST).inputs(SHAPE, new ReceptiveField(SHAPE)));
        int frames = WindowLengths.SHORTEST + 2 * new ReceptiveField(SHAPE).frames();
        assertTrue(least.startsWith("mean:1x160x%d,log_deviation:1x160x%d,noise:1x160x%d,style:1x160,first:1x1x1,last:1x1x1,position.0:%d,position.1:"
                .formatted(frames, frames, frames, frames)), least);
    }
}
