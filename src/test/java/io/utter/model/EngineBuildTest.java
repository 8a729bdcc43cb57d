package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import onnx.OnnxMl.ModelProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine is there as a whole, or not at all. */
class EngineBuildTest {
    @TempDir
    Path models;

    private final List<String> said = new ArrayList<>();
    private Bundle bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = EngineSample.bundle(models, "voice");
    }

    private void build(boolean replace, EngineBuild.Compiler compiler) {
        new EngineBuild(bundle, 1, said::add).run(() -> EngineSample.H100, replace, compiler);
    }

    private TreeSet<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(bundle.folder())) {
            return all.map(path -> bundle.folder().relativize(path).toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Path engine() {
        return bundle.file(EngineFolder.NAME).resolve(EngineKey.of(bundle, Bundle.MASKED_WAVEFORM, EngineSample.H100).folder());
    }

    @Test
    void itIsAFolderOfThreeFiles() throws IOException {
        TreeSet<String> expected = files();
        build(false, EngineSample.COMPILER);
        String name = "engines/" + engine().getFileName();
        expected.addAll(List.of("engines", name, name + "/engine.onnx", name + "/engine.json", name + "/timing.cache"));
        assertEquals(expected, files());
    }

    @Test
    void whileItIsBuiltNobodySeesIt() throws IOException {
        build(false, (graph, draft, profile) -> {
            EngineSample.COMPILER.compile(graph, draft, profile);
            assertTrue(new EngineFolder(bundle).isEmpty());
            assertEquals(bundle.folder(), graph.getParent(), "its weights are there");
            assertEquals(EngineProfile.ofWaveform(bundle.manifest().acoustic(), 1), profile);
            try {
                assertTrue(ModelProto.parseFrom(Files.readAllBytes(graph)).getGraph().getInputList().stream()
                        .noneMatch(input -> input.getName().startsWith("crop.")));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertFalse(new EngineFolder(bundle).isEmpty());
    }

    @Test
    void aBuildThatFailsLeavesNothing() throws IOException {
        TreeSet<String> before = files();
        IllegalStateException failure = new IllegalStateException("out of memory");
        assertEquals(failure, assertThrows(IllegalStateException.class, () -> build(false, (graph, draft, profile) -> {
            EngineSample.COMPILER.compile(graph, draft, profile);
            throw failure;
        })));
        assertEquals(before, files());
    }

    @Test
    void whatTensorRtTookOnlyInPartIsRefused() throws IOException {
        TreeSet<String> before = files();
        for (EngineBuild.Compiler compiler : List.<EngineBuild.Compiler>of((graph, draft, profile) -> { },
                (graph, draft, profile) -> EngineSample.write(draft.resolve(EngineFile.MODEL), "EPContext", "Conv"))) {
            UtterException.Failed refused = assertThrows(UtterException.Failed.class, () -> build(false, compiler));
            assertTrue(refused.getMessage().endsWith("TensorRT does not take the graph as a whole"), refused.getMessage());
            assertEquals(before, files());
        }
    }

    @Test
    void oneThatFitsIsNotBuiltAgainUnlessThatIsWanted() throws IOException {
        build(false, EngineSample.COMPILER);
        build(false, (graph, draft, profile) -> {
            throw new AssertionError("built again");
        });
        assertTrue(said.getLast().startsWith("there is an engine that fits: waveform-masked-sm90-"), said.toString());
        build(true, (graph, draft, profile) -> {
            assertTrue(Files.exists(draft.resolve("TensorrtExecutionProvider_cache_sm90.timing")), "timings of the first");
            EngineSample.write(draft.resolve(EngineFile.MODEL), "EPContext");
        });
        assertTrue(Files.exists(engine().resolve(EngineFile.TIMINGS)));
        assertTrue(new EngineFolder(bundle).choose(1, EngineSample.H100).fitting().isPresent());
    }

    @Test
    void timingsOfAnotherMachineAreNotTaken() {
        build(false, EngineSample.COMPILER);
        new EngineBuild(bundle, 1, said::add).run(() -> new EngineMachine("8.9", "10.14.1"), false, (graph, draft, profile) -> {
            try (Stream<Path> files = Files.list(draft)) {
                assertEquals(0, files.count());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            EngineSample.write(draft.resolve(EngineFile.MODEL), "EPContext");
        });
        assertEquals(2, new EngineFolder(bundle).states(1, Optional.empty()).size());
    }

    @Test
    void aReplacementThatFailsLeavesTheOldOne() throws IOException {
        build(false, EngineSample.COMPILER);
        TreeSet<String> before = files();
        byte[] note = Files.readAllBytes(engine().resolve(EngineFile.NOTE));
        assertThrows(UtterException.Failed.class, () -> build(true, (graph, draft, profile) -> { }));
        assertEquals(before, files());
        assertArrayEquals(note, Files.readAllBytes(engine().resolve(EngineFile.NOTE)));
    }

    /** TensorRT takes TF32 for products, which such a bundle is not to have. */
    @Test
    void aBundleInFp32IsRefusedBeforeAnythingIsWritten() throws IOException {
        Bundle exact = Bundle.open(Path.of("models/default"));
        bundle = new Bundle(bundle.folder(), exact.manifest());
        TreeSet<String> before = files();
        UtterException.InvalidInput refused = assertThrows(UtterException.InvalidInput.class, () -> build(false, EngineSample.COMPILER));
        assertTrue(refused.getMessage().contains("--precision fp16"), refused.getMessage());
        assertEquals(before, files());
    }

    @Test
    void aFolderThatCannotBeWrittenToIsNamedBeforeTheCardIsLookedFor() throws IOException {
        Files.createFile(bundle.file(EngineFolder.NAME));
        UtterException.Failed refused = assertThrows(UtterException.Failed.class, () -> new EngineBuild(bundle, 1, said::add).run(() -> {
            throw new AssertionError("looked for");
        }, false, EngineSample.COMPILER));
        assertEquals("engines_unwritable", refused.code());
        assertTrue(refused.getMessage().contains(bundle.file(EngineFolder.NAME) + " cannot be written to"), refused.getMessage());
    }
}
