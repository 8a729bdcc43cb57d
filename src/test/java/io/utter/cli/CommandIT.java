package io.utter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.testing.Packaged;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the packaged jar as processes: their exit codes, and what they leave behind when they are stopped. */
class CommandIT {
    private static final int SIGTERM = 143;
    private static final int PATIENCE_SECONDS = 60;
    private static final String GOLDEN = "src/test/resources/golden";

    @TempDir
    Path folder;

    @Test
    void aRehearsalServesAndEnds() throws Exception {
        assertEquals(0, exitCode(start("models", "rehearse")));
    }

    @Test
    void sayWritesAFile() throws Exception {
        Path file = folder.resolve("a.wav");
        assertEquals(0, exitCode(start("models", "say", "Hello.", "-o", file.toString())));
        assertTrue(Files.size(file) > 10_000);
    }

    @Test
    void aWrongCommandLineEndsWithCode2ThoughModelsAreLoading() throws Exception {
        assertEquals(2, exitCode(start("models", "say", "--no-such-option")));
    }

    @Test
    void sayThatIsStoppedLeavesNoFile() throws Exception {
        Process say = start("models", "say", "-", "-o", folder.resolve("a.wav").toString());
        try (OutputStream text = say.getOutputStream()) {
            text.write("This sentence is one of very many. ".repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        awaitFile(folder, ".part", say);
        say.destroy();
        assertEquals(SIGTERM, exitCode(say));
        assertEquals(List.of(), filesIn(folder));
    }

    @Test
    void anImportThatIsStoppedLeavesNothing() throws Exception {
        Process importing = start(folder.toString(), "import", "--gpt", GOLDEN + "/gpt/gpt-h64.ckpt", "--sovits", GOLDEN + "/sovits/sovits-v2.pth",
                "--name", "half");
        awaitFile(folder, ".import-", importing);
        importing.destroy();
        int exitCode = exitCode(importing);
        assertTrue(exitCode == SIGTERM, "exit code " + exitCode);
        assertEquals(List.of(), filesIn(folder).stream().filter(name -> name.startsWith(".")).toList());
    }

    private static Process start(String models, String... command) throws IOException {
        List<String> line = Packaged.command("-Dutter.models=" + Path.of(models).toAbsolutePath());
        line.addAll(List.of(command));
        return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Waits until the process has begun to write. */
    private static void awaitFile(Path folder, String part, Process process) throws Exception {
        while (filesIn(folder).stream().noneMatch(name -> name.contains(part))) {
            assertTrue(process.isAlive(), "it ended before it wrote anything");
            Thread.onSpinWait();
        }
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
