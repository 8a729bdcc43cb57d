package io.utter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.FakeSpeechService;
import io.utter.model.Bundle;
import io.utter.model.EngineMachine;
import io.utter.model.EngineSample;
import io.utter.model.ort.Cards;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code utter engines} on a machine without a card. */
class EnginesCommandTest {
    private static final String MODELS = "utter.models";

    @TempDir
    Path models;

    private final String before = System.getProperty(MODELS);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Bundle bundle;

    @BeforeEach
    void write() throws IOException {
        Assumptions.assumeTrue(Cards.count() == 0, "there is a card");
        System.setProperty(MODELS, models.toString());
        bundle = EngineSample.bundle(models, "voice");
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(MODELS);
        } else {
            System.setProperty(MODELS, before);
        }
    }

    private int run(String arguments) {
        return Main.commandLine(config -> new FakeSpeechService()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(("engines " + arguments).split(" "));
    }

    private void assertRefused(int exitCode, String why) {
        assertTrue(err.toString().matches("utter: .*" + why + ".*\\R"), err.toString());
        assertEquals("", out.toString());
    }

    private Path engines() {
        return bundle.file("engines");
    }

    @Test
    void withoutACardThereIsNothingToBuildFor() {
        assertEquals(1, run("build voice"));
        assertRefused(1, "engines are for a card, but .*(driver|CUDA|card)");
        assertFalse(Files.exists(engines()));
    }

    @Test
    void aBundleThatIsNotThereIsExitCode2() {
        for (String action : List.of("build", "list", "remove")) {
            err.getBuffer().setLength(0);
            assertEquals(2, run(action + " nobody"));
            assertRefused(2, "there is no bundle called nobody in " + models);
        }
    }

    @Test
    void aBundleInFp32IsExitCode2() throws IOException {
        Bundle original = Bundle.open(Path.of("models/default"));
        new Bundle(bundle.folder(), original.manifest()).save();
        assertEquals(2, run("build voice"));
        assertRefused(2, "in fp32.*--precision fp16");
    }

    @Test
    void aFolderThatCannotBeWrittenToIsExitCode1() throws IOException {
        Files.createFile(engines());
        assertEquals(1, run("build voice"));
        assertRefused(1, "engines cannot be written to");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polish voice", "build", "remove", "build voice engine", "list voice engine", "build voice --device cpu", "build voice --device cuda:x"})
    void nonsenseIsOneLineAndExitCode2(String arguments) {
        assertEquals(2, run(arguments));
        assertRefused(2, "");
    }

    @Test
    void listSaysWhatEnginesAreForWhereThereIsNoCardToCompareWith() throws IOException {
        EngineSample.build(bundle, EngineSample.H100);
        Bundle other = EngineSample.bundle(models, "other");
        EngineSample.build(other, new EngineMachine("8.9", "10.13.3"));
        Files.createDirectory(engines().resolve("broken"));
        assertEquals(0, run("list"));
        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), out.toString());
        assertTrue(lines.get(1).matches("other +waveform-masked-sm89-trt10\\.13\\.3-\\w+ +built for: compute capability 8\\.9, TensorRT 10\\.13\\.3"), lines.get(1));
        assertTrue(lines.get(2).matches("voice +broken +not used: engine\\.json cannot be read.*"), lines.get(2));
        assertTrue(lines.get(3).matches("voice +waveform-masked-sm90-trt10\\.14\\.1-\\w+ +built for: compute capability 9\\.0, TensorRT 10\\.14\\.1"), lines.get(3));
        assertTrue(err.toString().startsWith("not compared with this machine: "), err.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("list other"));
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void removeTakesOneOrAll() throws IOException {
        EngineSample.build(bundle, EngineSample.H100);
        EngineSample.build(bundle, new EngineMachine("8.9", "10.13.3"));
        String name;
        try (var folders = Files.list(engines())) {
            name = folders.map(folder -> folder.getFileName().toString()).filter(folder -> folder.contains("sm89")).findFirst().orElseThrow();
        }
        assertEquals(0, run("remove voice " + name));
        assertEquals("removed " + name + "\n", out.toString());
        assertEquals(2, run("remove voice " + name));
        assertEquals(0, run("remove voice"));
        try (var folders = Files.list(engines())) {
            assertEquals(0, folders.count());
        }
    }
}
