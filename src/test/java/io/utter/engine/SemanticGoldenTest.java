package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.importer.GoldenBundle;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.testing.GoldenCase;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transformer and the sampler against upstream, token by token. */
class SemanticGoldenTest {
    private static final double LOGIT_TOLERANCE = 1e-4;
    private static final int THREADS = 2;

    /** A greedy run of one sentence. */
    record Run(GoldenCase golden, String suffix, int row) {
        int[] prompt() {
            return golden.has("prompt") ? golden.ints("prompt") : new int[0];
        }

        /** Text features of the case, [phones, width]; stored as [width, phones]. */
        float[] features() {
            float[] stored = golden.floats("bert" + suffix);
            int phones = golden.ints("phones" + suffix).length;
            int width = stored.length / phones;
            float[] rows = new float[stored.length];
            for (int p = 0; p < phones; p++) {
                for (int c = 0; c < width; c++) {
                    rows[p * width + c] = stored[c * phones + p];
                }
            }
            return rows;
        }

        @Override
        public String toString() {
            return golden + suffix;
        }
    }

    static List<Run> runs() {
        return GoldenCases.in("gpt", "gpt-").stream().filter(golden -> golden.outputs().contains("prefill_logits")).flatMap(SemanticGoldenTest::runs)
                .toList();
    }

    private static Stream<Run> runs(GoldenCase golden) {
        if (golden.has("phones")) {
            return Stream.of(new Run(golden, "", 0));
        }
        return IntStream.iterate(0, i -> golden.has("phones." + i), i -> i + 1).mapToObj(i -> new Run(golden, "." + i, i));
    }

    @Test
    void thereAreRuns() {
        assertFalse(runs().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("runs")
    void logitsAndGreedyTokensAreUpstreams(Run run) {
        JsonNode settings = run.golden.settings();
        int[] phones = run.golden.ints("phones" + run.suffix);
        int[] prompt = run.prompt();
        int[] expected = run.golden.ints("tokens" + run.suffix);
        Sampling greedy = new Sampling(1, 1, 1, settings.get("repetition_penalty").doubleValue());
        try (SemanticModel model = new SemanticModel(GoldenBundle.semantic(run.golden.weights()), TestedDevice.placement(THREADS));
                TokenDecoder decoder = model.newBatch(1)) {
            Sampler sampler = new Sampler(greedy, model.shape().tokens(), model.shape().endToken(), prompt, 0);
            float[] logits = decoder.prefill(0, phones, run.features(), prompt);
            assertRow(run, "prefill_logits", run.row, logits);

            int steps = run.golden.tensor("step_logits").floats().length / model.shape().tokens() / rows(run);
            int[] tokens = new int[expected.length];
            for (int i = 0; i < expected.length; i++) {
                tokens[i] = sampler.next(logits);
                decoder.step(new int[] {tokens[i]});
                logits = decoder.scores(0);
                if (i < steps) {
                    assertRow(run, "step_logits", i * rows(run) + run.row, logits);
                }
            }
            assertArrayEquals(expected, tokens);
            if (settings.get("stopped_by").get(run.row).asText().equals("eos")) {
                assertEquals(-1, sampler.next(logits), "the end");
            }
        }
    }

    private static int rows(Run run) {
        return run.golden.floats("prefill_logits").length / 1025;
    }

    private static void assertRow(Run run, String output, int row, float[] actual) {
        float[] all = run.golden.floats(output);
        float[] expected = Arrays.copyOfRange(all, row * actual.length, (row + 1) * actual.length);
        assertArrayEquals(expected, actual, (float) LOGIT_TOLERANCE, () -> run + " " + output + " row " + row);
    }

    @Test
    void samplerProbabilitiesAreUpstreams() {
        GoldenCase golden = GoldenCases.the("gpt", "sampler");
        int compared = 0;
        for (String output : golden.outputs()) {
            String[] parts = output.split("\\.");
            JsonNode settings = golden.settings().get("settings").get(Integer.parseInt(parts[2]));
            Sampling sampling = new Sampling(settings.get("top_k").asInt(), settings.get("top_p").asDouble(),
                    settings.get("temperature").asDouble(), settings.get("repetition_penalty").asDouble());
            double[] actual = Sampler.distribution(golden.floats("logits." + parts[1]), golden.ints("previous." + parts[1]), sampling);
            float[] narrowed = new float[actual.length];
            for (int i = 0; i < actual.length; i++) {
                narrowed[i] = (float) actual[i];
            }
            golden.assertClose(output, narrowed, 1e-6);
            compared++;
        }
        assertFalse(compared == 0);
    }
}
