package io.utter.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.utter.fake.RawHttp;
import io.utter.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a cold start may cost. The figures that are asked are in docs/knative.md and far below; these say that something has gone badly wrong. */
class StartUpIT {
    private static final Path MODELS = Path.of("models");
    private static final Duration BUDGET = Duration.ofSeconds(6);
    private static final long WRITTEN_BYTES = 1_000_000;

    @TempDir
    Path temporary;

    @Test
    void itSpeaksSoonAndLeavesNothingBehind() throws Exception {
        long begun = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(MODELS, "-Djava.io.tmpdir=" + temporary, "-Dutter.engine.runtime=native")) {
            server.awaitReady();
            try (RawHttp http = RawHttp.speak(server.port(), "{\"input\":\"Hello.\"}")) {
                assertEquals(200, http.readHead().status());
                assertTrue(http.chunk().length > 0);
                Duration spoken = Duration.ofNanos(System.nanoTime() - begun);
                assertTrue(spoken.compareTo(BUDGET) < 0, "first audio " + spoken + " after exec");
            }
            Path counters = Path.of("/proc/" + server.pid() + "/io");
            assumeTrue(Files.isReadable(counters), "not Linux");
            assertTrue(written(counters) <= WRITTEN_BYTES, "written: " + written(counters));
            server.terminate();
            server.exitCode();
        }
        try (Stream<Path> left = Files.walk(temporary)) {
            assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
        }
    }

    private static long written(Path counters) throws IOException {
        return Files.readAllLines(counters).stream().filter(line -> line.startsWith("write_bytes: "))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1])).sum();
    }
}
