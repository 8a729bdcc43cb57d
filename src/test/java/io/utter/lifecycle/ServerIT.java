package io.utter.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import io.utter.testing.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** The packaged jar, with the bundled voice, from exec to exit. */
class ServerIT {
    private static final Path MODELS = Path.of("models");
    private static final int SIGTERM = 143;
    private static final String LONG = "{\"input\":\"" + "This sentence is one of very many. ".repeat(100) + "\",\"seed\":1}";

    @Test
    void atSigtermWhatRunsFinishesAndWhatIsNewIsRefused() throws Exception {
        try (ServerProcess server = ServerProcess.start(MODELS)) {
            server.awaitReady();
            try (RawHttp running = RawHttp.connect(server.port(), 4096)) {
                running.post("/v1/audio/speech", LONG);
                assertEquals(200, running.readHead().status());
                running.chunk();

                server.terminate();
                awaitDraining(server);
                assertTrue(server.isAlive());

                while (running.chunk().length > 0) {
                    // to its end: the socket cannot hold all of it, so it was still being made
                }
                assertEquals("true", running.trailers().get("x-audio-complete"));
            }
            assertEquals(SIGTERM, server.exitCode());
        }
    }

    @Test
    void clientsThatHaveLeftDoNotHoldUpTheShutdown() throws Exception {
        try (ServerProcess server = ServerProcess.start(MODELS)) {
            server.awaitReady();
            for (int i = 0; i < 30; i++) {
                try (RawHttp http = RawHttp.connect(server.port(), 4096)) {
                    http.post("/v1/audio/speech", LONG);
                    for (int chunk = 0; chunk < i % 3; chunk++) {
                        if (chunk == 0) {
                            http.readHead();
                        }
                        http.chunk();
                    }
                }
            }
            long asked = System.nanoTime();
            server.terminate();
            assertEquals(SIGTERM, server.exitCode());
            assertTrue(System.nanoTime() - asked < 10_000_000_000L, "it waited for clients that had left");
        }
    }

    @Test
    void withoutModelsItEndsWithOneLineThatSaysSo(@TempDir Path nothing) throws Exception {
        try (ServerProcess server = ServerProcess.start(nothing)) {
            assertEquals(1, server.exitCode());
            assertEquals(1, server.log().stream().filter(line -> line.contains("Cannot start: ")).count(), server.log().toString());
        }
    }

    /** Requests are served until the signal has arrived. */
    private static void awaitDraining(ServerProcess server) throws Exception {
        int status = 200;
        while (status == 200) {
            try (RawHttp http = RawHttp.connect(server.port(), 1 << 16)) {
                http.post("/v1/audio/speech", "{\"input\":\"Hi.\",\"response_format\":\"pcm\"}");
                status = http.readHead().status();
            } catch (IOException e) {
                throw new AssertionError("refused by the socket, not by an answer", e);
            }
        }
        assertEquals(503, status);
    }
}
