package io.utter.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The golden cases: inputs and outputs of every network as the upstream PyTorch implementation computed them.
 *
 * <p>They are read from the directory named by the system property {@code utter.golden}, by default the part that lives in
 * this repository ({@code src/test/resources/golden}). To test against a complete set: {@code ./mvnw test -Dutter.golden=DIR}.
 *
 * <pre>{@code
 * static List<GoldenCase> cases() { return GoldenCases.in("gpt", "gpt-h64--"); }
 *
 * @ParameterizedTest @MethodSource("cases")
 * void prefillLogitsAgree(GoldenCase golden) {
 *     float[] logits = network(golden.weights()).prefill(golden.longs("phones"), golden.floats("bert"));
 *     golden.assertClose("prefill_logits", logits);
 * }
 * }</pre>
 */
public final class GoldenCases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenCases() {}

    /** The directory the cases are read from. */
    public static Path root() {
        return Path.of(System.getProperty("utter.golden", "src/test/resources/golden"));
    }

    /** A file below the root: weights, audio, JSON. */
    public static Path file(String path) {
        return root().resolve(path);
    }

    /**
     * The cases of a directory whose names start with a prefix, by name; none where the set at hand lacks that directory.
     *
     * @param directory below the root, for instance {@code sovits}
     * @param prefix of the case's name, for instance {@code sovits-v2--}; empty for all
     */
    public static List<GoldenCase> in(String directory, String prefix) {
        if (!Files.isDirectory(file(directory))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(file(directory))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.toString().endsWith(".safetensors"))
                    .filter(file -> Files.exists(settingsOf(file)))
                    .sorted()
                    .map(file -> new GoldenCase(settingsOf(file), json(settingsOf(file))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one case of that name, for instance {@code ("audio", "mel-v3")}. */
    public static GoldenCase the(String directory, String name) {
        Path settings = file(directory).resolve(name + ".json");
        return new GoldenCase(settings, json(settings));
    }

    /** {@code weights.json}: for each weight file what a reader must find in it. */
    public static JsonNode weightFiles() {
        return json(file("weights.json"));
    }

    private static Path settingsOf(Path tensors) {
        return tensors.resolveSibling(tensors.getFileName().toString().replaceFirst("\\.safetensors$", ".json"));
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
