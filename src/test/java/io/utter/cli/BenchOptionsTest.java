package io.utter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of {@code bench} that are refused before anything is started. */
class BenchOptionsTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--concurrency 0 | --concurrency must be",
        "--concurrency 1,-2 | --concurrency must be",
        "--concurrency 1,two | --concurrency",
        "--concurrency 20000 | --concurrency must be",
        "--rate 0 | --rate must be",
        "--rate NaN | --rate must be",
        "--storm -1 | --storm must be",
        "--storm 0 | --storm must be",
        "--concurrency 1 --rate 2 | mutually exclusive",
        "--soak --storm 5 | mutually exclusive",
        "--soak --synthetic | mutually exclusive",
        "--concurrency 1 --requests 0 | --requests must be",
        "--soak --minutes 0 | --minutes must be",
        "--soak --verify | --verify goes with",
        "--storm 5 --requests 3 | --requests goes with",
        "--rate 1 --saturate | --saturate goes with",
        "--verify | --verify goes with",
        "--svg a.svg | --svg goes with",
        "--url http://127.0.0.1:1 | --url goes with",
        "--concurrency 1 --url https://example.org | --url must be",
        "--concurrency 1 --svg no/such/a.svg | --svg names a folder",
        "--soak --json no/such/a.json | --json names a folder",
        "--concurrency 1 --url nonsense | --url must be",
    })
    void aWrongOptionIsOneLineAndExitCode2(String options, String mentioned) {
        int exitCode = Main.commandLine(config -> {
            throw new AssertionError("nothing is loaded");
        }).setErr(new PrintWriter(err)).execute(("bench " + options).split(" "));
        assertEquals(2, exitCode, err.toString());
        assertTrue(err.toString().contains(mentioned), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
