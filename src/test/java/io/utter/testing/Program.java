package io.utter.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine, run to its end. */
public final class Program {
    private static final long DEADLINE_SECONDS = 60;

    private Program() {}

    public static boolean isInstalled(String name) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Has the shell run these lines. */
    public static void runLines(Path folder, Map<String, String> environment, String lines) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("lines.sh"), lines); // not as an argument, which would pass the locale's encoding
        run(folder, environment, "bash", script.toString());
    }

    /**
     * What it writes to its standard output.
     *
     * @throws AssertionError with all it wrote, if it fails
     */
    public static String run(Path folder, Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + (ended ? " ended with " + process.exitValue() : " does not end") + "\n" + said
                    + Files.readString(errors, StandardCharsets.UTF_8));
        }
        return said;
    }
}
