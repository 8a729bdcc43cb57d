package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.utter.fake.RawHttp;
import io.utter.testing.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The packaged jar with the bundled voice as Knative runs it. With the system property {@value #STANDING}, the base URL of a queue-proxy in
 * front of a server that is running, the tests talk to that one, and those that want other limits or another server are skipped. (For
 * these tests alone: unit tests that boot Quarkus do not know that key and refuse it.)
 */
class BehindQueueProxyIT {
    private static final String STANDING = "utter.queue-proxy";
    private static final Path MODELS = Path.of("models");
    private static final String SPEECH = "/v1/audio/speech";
    private static final String SHORT = "{\"input\":\"Hello there.\",\"response_format\":\"pcm\",\"seed\":1}";
    private static final String LONG = "{\"input\":\"" + "This sentence is one of very many. ".repeat(100)
            + "\",\"response_format\":\"pcm\",\"seed\":1}";
    private static final String TIMED_OUT = "request timeout";
    private static final int PATIENCE_SECONDS = 60;
    private static final int SIGTERM = 143;
    private static final int SMALL = 4096; // bytes the kernel holds for a reader, so that a long stream waits for it

    private static ServerProcess server; // none if one is standing

    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void startServer() throws Exception {
        if (!isStanding()) {
            server = ServerProcess.start(MODELS);
            server.awaitReady();
        }
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    private static boolean isStanding() {
        return !System.getProperty(STANDING, "").isEmpty();
    }

    /** Any queue-proxy with any limits. */
    private InetSocketAddress someProxy() throws Exception {
        if (isStanding()) {
            URI address = URI.create(System.getProperty(STANDING));
            return new InetSocketAddress(address.getHost(), address.getPort());
        }
        return addressOf(proxy(server, Revision.ofConcurrency(4)));
    }

    /** One of our own, or the test is skipped. */
    private QueueProxy proxy(ServerProcess behind, Revision revision) throws Exception {
        assumeTrue(!isStanding(), "the proxy that stands has limits of its own");
        QueueProxy proxy = QueueProxy.before(behind.port(), revision);
        opened.add(proxy);
        return proxy;
    }

    private static InetSocketAddress addressOf(QueueProxy proxy) {
        return new InetSocketAddress("127.0.0.1", proxy.port());
    }

    private RawHttp post(InetSocketAddress address, String json, int receiveBuffer) throws IOException {
        RawHttp client = RawHttp.connect(address, receiveBuffer);
        opened.add(client);
        client.post(SPEECH, json);
        return client;
    }

    private RawHttp post(InetSocketAddress address, String json) throws IOException {
        return post(address, json, 1 << 16);
    }

    private double activeStreams(InetSocketAddress address) throws IOException {
        try (RawHttp client = RawHttp.connect(address, 1 << 16)) {
            client.send("GET /q/metrics HTTP/1.1\r\nHost: test\r\n\r\n");
            return Heard.of(client).text().lines().filter(line -> line.startsWith("tts_streams_active")).findFirst()
                    .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).orElseThrow();
        }
    }

    private void awaitActiveStreams(InetSocketAddress address, int count) throws Exception {
        long begun = System.nanoTime();
        while (activeStreams(address) != count) {
            assertTrue(System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS), "streams are still running");
            Thread.sleep(10);
        }
    }

    @Test
    void aStreamThroughTheProxyIsWhole() throws Exception {
        Heard heard = Heard.of(post(someProxy(), SHORT));
        assertTrue(heard.complete());
        assertEquals(heard.body().length / 2, Integer.parseInt(heard.trailers().get("x-audio-samples")));
    }

    @Test
    void aStreamBeginsLongBeforeItEnds() throws Exception {
        InetSocketAddress proxy = someProxy();
        post(proxy, LONG, SMALL).readHead().chunk();
        assertTrue(activeStreams(proxy) > 0);
    }

    @Test
    void theProxyChangesNoSample() throws Exception {
        QueueProxy proxy = proxy(server, Revision.ofConcurrency(4));
        Heard direct = Heard.of(post(new InetSocketAddress("127.0.0.1", server.port()), SHORT));
        assertArrayEquals(direct.body(), Heard.of(post(addressOf(proxy), SHORT)).body());
    }

    @Test
    void ourOwnRefusalPasses() throws Exception {
        Heard refused = Heard.of(post(someProxy(), "{\"input\":\"\"}"));
        assertEquals(400, refused.status());
        assertTrue(refused.text().contains("\"empty_input\""), refused.text());
    }

    @Test
    void clientsThatLeaveMidstreamFreeTheirStreams() throws Exception {
        InetSocketAddress proxy = someProxy();
        awaitActiveStreams(proxy, 0);
        for (int i = 0; i < 3; i++) {
            try (RawHttp client = RawHttp.connect(proxy, SMALL)) {
                client.post(SPEECH, LONG);
                client.readHead().chunk();
            }
        }
        awaitActiveStreams(proxy, 0);
    }

    @Test
    void whatOverflowsTheQueueIsRefusedByTheProxyAndTheRestIsServed() throws Exception {
        QueueProxy proxy = proxy(server, Revision.ofConcurrency(1));
        RawHttp running = post(addressOf(proxy), LONG, SMALL);
        running.readHead().chunk();
        List<RawHttp> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(post(addressOf(proxy), SHORT));
        }
        proxy.awaitInside(11);
        Heard refused = Heard.of(post(addressOf(proxy), SHORT));
        assertEquals(503, refused.status());
        assertEquals("pending request queue full", refused.text().strip());
        running.close();
        for (RawHttp client : waiting) {
            assertTrue(Heard.of(client).complete());
        }
    }

    @Test
    void aStreamCutByTheWallIsNotComplete() throws Exception {
        QueueProxy proxy = proxy(server, Revision.ofConcurrency(1).withTimeout(Duration.ofMillis(700)));
        Heard heard = Heard.of(post(addressOf(proxy), LONG));
        assertEquals(200, heard.status());
        assertTrue(heard.cleanEnd());
        assertEquals(TIMED_OUT, heard.textAtEnd(TIMED_OUT.length()));
        assertFalse(heard.complete());
        awaitActiveStreams(new InetSocketAddress("127.0.0.1", server.port()), 0);
    }

    @Test
    void aRequestSentWhileTheServerStartsIsProbedForAndThenServed() throws Exception {
        assumeTrue(!isStanding(), "the server that stands has started");
        try (ServerProcess starting = ServerProcess.start(MODELS)) {
            QueueProxy proxy = proxy(starting, Revision.ofConcurrency(1));
            RawHttp probe = RawHttp.connect(addressOf(proxy), 1 << 16);
            opened.add(probe);
            probe.send("GET / HTTP/1.1\r\nHost: test\r\nUser-Agent: Knative-Activator-Probe\r\nK-Network-Probe: queue\r\n\r\n");
            assertEquals("queue", Heard.of(probe).text());
            assertTrue(Heard.of(post(addressOf(proxy), SHORT)).complete());
        }
    }

    /** As Knative deletes a pod: the proxy drains first, and the server's SIGTERM comes when preStop returns. */
    @Test
    void aStreamOutlivesTheDeletionOfItsPod() throws Exception {
        assumeTrue(!isStanding(), "the server that stands is not ours to end");
        try (ServerProcess ending = ServerProcess.start(MODELS)) {
            ending.awaitReady();
            QueueProxy proxy = proxy(ending, Revision.ofConcurrency(4));
            RawHttp running = post(addressOf(proxy), LONG, SMALL);
            running.readHead().chunk();
            CompletableFuture<Void> preStop = proxy.drain();
            assertTrue(Heard.of(post(addressOf(proxy), SHORT)).complete(), "who comes late is still served");

            preStop.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            ending.terminate();
            assertTrue(ending.isAlive());
            assertFalse(proxy.exit().isDone());

            assertTrue(Heard.restOf(running).complete());
            assertEquals(SIGTERM, ending.exitCode());
            proxy.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
