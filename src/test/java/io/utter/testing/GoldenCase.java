package io.utter.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.opentest4j.AssertionFailedError;

/**
 * One golden case: settings, inputs and outputs. Inputs and outputs share one name space; where the settings say
 * {@code inputs_from}, the tensors of that case are found here too.
 */
public final class GoldenCase {
    private final Path file;
    private final JsonNode description;
    private final Safetensors tensors;
    private final Optional<GoldenCase> inputsFrom;

    GoldenCase(Path file, JsonNode description) {
        this.file = file;
        this.description = description;
        this.tensors = Safetensors.read(file.resolveSibling(name() + ".safetensors"));
        this.inputsFrom = settings().has("inputs_from")
                ? Optional.of(GoldenCases.the(directory(), settings().get("inputs_from").asText()))
                : Optional.empty();
    }

    public String name() {
        return description.get("case").asText();
    }

    /** The settings the reference ran with; empty where the case has none. */
    public JsonNode settings() {
        return description.path("settings");
    }

    /** The weight file the case belongs to. */
    public Path weights() {
        return GoldenCases.file(description.get("model").asText());
    }

    /** The pretrained file a LoRA file needs (the setting {@code base}). */
    public Path baseWeights() {
        return file.resolveSibling(settings().get("base").asText());
    }

    public boolean has(String name) {
        return tensors.has(name) || inputsFrom.map(other -> other.has(name)).orElse(false);
    }

    public Safetensors.Tensor tensor(String name) {
        boolean elsewhere = !tensors.has(name) && inputsFrom.map(other -> other.has(name)).orElse(false);
        return elsewhere ? inputsFrom.orElseThrow().tensor(name) : tensors.tensor(name);
    }

    public float[] floats(String name) {
        return tensor(name).floats();
    }

    public long[] longs(String name) {
        return tensor(name).longs();
    }

    public int[] ints(String name) {
        return tensor(name).ints();
    }

    public Set<String> outputs() {
        Set<String> names = new TreeSet<>();
        description.get("outputs").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * The absolute tolerance for an output, 0 where it must be exact. A tolerance applies to every output whose name starts with
     * its key (the longest such key), or ends with an underscore and the key ({@code logits} covers {@code step_logits}).
     *
     * @throws IllegalArgumentException when the case states no number for this output: the test has to bring its own
     */
    public double tolerance(String output) {
        JsonNode tolerances = description.path("tolerance");
        String key = longestKey(tolerances, output, true)
                .or(() -> longestKey(tolerances, output, false))
                .orElseThrow(() -> new IllegalArgumentException(name() + " states no tolerance for '" + output + "'"));
        JsonNode stated = tolerances.get(key);
        if (stated.isNumber()) {
            return stated.doubleValue();
        }
        return switch (stated.asText()) {
            case "exact" -> 0;
            case "1 unit" -> 1;
            default -> throw new IllegalArgumentException(name() + " states in words: '" + output + "' " + stated.asText());
        };
    }

    private static Optional<String> longestKey(JsonNode tolerances, String output, boolean atStart) {
        return tolerances.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> atStart ? output.startsWith(key) : output.endsWith("_" + key))
                .max(Comparator.comparingInt(String::length));
    }

    /** Fails unless the values are those of the output within the case's own tolerance. */
    public void assertClose(String output, float[] actual) {
        assertClose(output, actual, tolerance(output));
    }

    /** Fails unless the values are those of the output, in C order, within an absolute tolerance. */
    public void assertClose(String output, float[] actual, double tolerance) {
        float[] expected = floats(output);
        if (actual.length != expected.length) {
            throw new AssertionFailedError(label(output) + ": " + actual.length + " values", expected.length, actual.length);
        }
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            if (distance(expected, actual, i) > distance(expected, actual, worst)) {
                worst = i;
            }
        }
        if (expected.length > 0 && distance(expected, actual, worst) > tolerance) {
            throw new AssertionFailedError(
                    "%s: off by %.3g at element %d of %d (expected %s, was %s), tolerance %.3g".formatted(label(output),
                            distance(expected, actual, worst), worst, expected.length, expected[worst], actual[worst], tolerance));
        }
    }

    /** Fails unless the values are exactly those of the output, in C order. */
    public void assertExact(String output, long[] actual) {
        long[] expected = longs(output);
        int mismatch = Arrays.mismatch(expected, actual);
        if (mismatch >= 0) {
            throw new AssertionFailedError(label(output) + ": differs from element " + mismatch,
                    Arrays.toString(expected), Arrays.toString(actual));
        }
    }

    private static double distance(float[] expected, float[] actual, int i) {
        if (expected[i] == actual[i]) {
            return 0; // also two infinities of one sign
        }
        double distance = Math.abs((double) expected[i] - actual[i]);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private String label(String output) {
        return name() + " " + output + Arrays.toString(tensor(output).shape());
    }

    private String directory() {
        return GoldenCases.root().relativize(file.getParent()).toString();
    }

    /** The case's name, so that it labels a parameterized test. */
    @Override
    public String toString() {
        return name();
    }
}
