package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engines are taken, and why others are not. */
class EngineFolderTest {
    private static final EngineMachine L4 = new EngineMachine("8.9", "10.14.1");

    @TempDir
    Path models;

    private Bundle bundle;
    private Path engine;

    @BeforeEach
    void build() throws IOException {
        bundle = EngineSample.bundle(models, "voice");
        EngineSample.build(bundle, 2, EngineSample.H100);
        engine = bundle.file(EngineFolder.NAME).resolve(EngineKey.of(bundle, Bundle.MASKED_WAVEFORM, EngineSample.H100).folder());
    }

    private EngineFolder.State state(Bundle of, int windows, EngineMachine here) {
        List<EngineFolder.State> states = new EngineFolder(of).states(windows, Optional.of(here));
        assertEquals(1, states.size(), states.toString());
        assertEquals(engine.getFileName().toString(), states.getFirst().name());
        return states.getFirst();
    }

    private void assertStale(String why, EngineFolder.State state) {
        assertFalse(state.fits());
        assertTrue(state.why().contains(why), state.why());
        assertEquals(1, state.why().lines().count());
    }

    @Test
    void whatWasBuiltForThisFits() {
        assertEquals(Optional.of(engine), new EngineFolder(bundle).choose(2, EngineSample.H100).fitting());
        assertTrue(state(bundle, 1, EngineSample.H100).fits());
        assertEquals("compute capability 9.0, TensorRT 10.14.1", state(bundle, 2, EngineSample.H100).why());
    }

    @Test
    void anotherCardOrAnotherTensorRtMakesItStale() {
        assertStale("compute capability 9.0, and this card has 8.9", state(bundle, 1, L4));
        assertStale("TensorRT 10.14.1, and 10.13.3 is installed", state(bundle, 1, new EngineMachine("9.0", "10.13.3")));
        assertEquals(Optional.empty(), new EngineFolder(bundle).choose(1, L4).fitting());
        assertEquals(1, new EngineFolder(bundle).choose(1, L4).others().size());
    }

    @Test
    void otherWeightsMakeItStaleOnEveryMachine() {
        Map<String, String> checksums = new HashMap<>(bundle.manifest().files());
        checksums.put("acoustic.weights", "0".repeat(64));
        Bundle again = new Bundle(bundle.folder(), bundle.manifest().with(checksums, Map.of()));
        assertStale("built of another waveform-masked.onnx, or of other weights", state(again, 1, EngineSample.H100));
        assertFalse(new EngineFolder(again).states(1, Optional.empty()).getFirst().fits());
        assertTrue(new EngineFolder(bundle).states(1, Optional.empty()).getFirst().fits());
    }

    @Test
    void largerRunsThanItTakesMakeItStale() {
        assertStale("does not take all extents", state(bundle, 3, EngineSample.H100));
    }

    @Test
    void ofTwoTheOneForThisCardIsTaken() {
        EngineSample.build(bundle, 2, L4);
        EngineFolder.Choice choice = new EngineFolder(bundle).choose(2, L4);
        assertTrue(choice.fitting().orElseThrow().getFileName().toString().startsWith("waveform-masked-sm89-"));
        assertEquals(List.of(engine.getFileName().toString()), choice.others().stream().map(EngineFolder.State::name).toList());
    }

    @Test
    void aDamagedNoteIsNamed() throws IOException {
        byte[] note = Files.readAllBytes(engine.resolve(EngineFile.NOTE));
        Files.write(engine.resolve(EngineFile.NOTE), java.util.Arrays.copyOf(note, note.length / 2));
        assertStale("engine.json cannot be read", state(bundle, 1, EngineSample.H100));
        Files.writeString(engine.resolve(EngineFile.NOTE), "{\"format\": 1}");
        assertStale("engine.json cannot be read", state(bundle, 1, EngineSample.H100));
        Files.writeString(engine.resolve(EngineFile.NOTE), new String(note).replaceFirst("\"format\" : \\d+", "\"format\" : 99"));
        assertStale("another version of Utter", state(bundle, 1, EngineSample.H100));
        Files.delete(engine.resolve(EngineFile.NOTE));
        assertStale("engine.json cannot be read", state(bundle, 1, EngineSample.H100));
    }

    @Test
    void anEngineThatIsCutShortOrGoneIsNamed() throws IOException {
        Files.write(engine.resolve(EngineFile.MODEL), new byte[] {1});
        assertStale("engine.onnx is missing, or not as long as it was", state(bundle, 1, EngineSample.H100));
        Files.delete(engine.resolve(EngineFile.MODEL));
        assertStale("engine.onnx is missing", state(bundle, 1, EngineSample.H100));
    }

    @Test
    void aFileAmongEnginesIsNamedAndHiddenOnesAreNot() throws IOException {
        Files.createFile(engine.resolveSibling("a-note"));
        Files.createDirectory(engine.resolveSibling(".build-1"));
        List<EngineFolder.State> states = new EngineFolder(bundle).states(1, Optional.of(EngineSample.H100));
        assertEquals(List.of("a-note", engine.getFileName().toString()), states.stream().map(EngineFolder.State::name).toList());
        assertFalse(states.getFirst().fits());
        assertTrue(states.getLast().fits());
    }

    @Test
    void oneIsRemovedOrAllAre() throws IOException {
        EngineSample.build(bundle, 2, L4);
        EngineFolder folder = new EngineFolder(bundle);
        assertEquals(List.of(engine.getFileName().toString()), folder.remove(Optional.of(engine.getFileName().toString())));
        assertFalse(Files.exists(engine));
        assertEquals(1, folder.states(1, Optional.empty()).size());
        assertThrows(UtterException.NotFound.class, () -> folder.remove(Optional.of(engine.getFileName().toString())));
        assertThrows(UtterException.NotFound.class, () -> folder.remove(Optional.of("../../voice")));
        assertEquals(1, folder.remove(Optional.empty()).size());
        assertTrue(folder.isEmpty());
        assertTrue(Files.exists(bundle.file(Bundle.MASKED_WAVEFORM)));
    }
}
