package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.FakeStream;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a client gets of our streams, and what we get of our clients, when Knative stands between. */
@QuarkusTest
@TestProfile(FakeSpeech.class)
class BehindQueueProxyTest {
    private static final String SPEECH = "/v1/audio/speech";
    private static final String HELLO = "{\"input\":\"Hello\",\"response_format\":\"pcm\",\"sample_rate\":32000}";
    private static final String TIMED_OUT = "request timeout";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final int PATIENCE_SECONDS = 10;

    @TestHTTPResource
    URI server;

    @Inject
    FakeSpeechService service;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<RawHttp> clients = new ArrayList<>();
    private QueueProxy proxy;

    @BeforeEach
    void serveOnceSinceTheFirstRequestIsSlow() throws IOException {
        service.forget();
        try (RawHttp direct = RawHttp.speak(server.getPort(), HELLO)) {
            Heard.of(direct);
        }
        service.forget();
    }

    @AfterEach
    void closeAll() throws IOException {
        gate.countDown();
        for (RawHttp client : clients) {
            client.close();
        }
        proxy.close();
    }

    private void start(Revision revision) throws IOException {
        proxy = QueueProxy.before(server.getPort(), revision);
    }

    private RawHttp speak(Script script) throws IOException {
        service.next(script);
        return post(HELLO);
    }

    private RawHttp post(String json) throws IOException {
        RawHttp client = RawHttp.connect(proxy.port(), 1 << 16);
        clients.add(client);
        client.post(SPEECH, json);
        return client;
    }

    private void awaitCancelled(FakeStream stream) throws Exception {
        stream.cancelled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void aChunkIsHeardBeforeTheNextIsMade() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = speak(Script.ofChunks(2).pausingAfter(1, gate));
        assertEquals(2000, client.readHead().chunk().length);
        gate.countDown();
        assertEquals(2000, client.chunk().length);
        assertTrue(Heard.restOf(client).complete());
    }

    @Test
    void theTrailersSayThatAllOfItWasHeard() throws Exception {
        start(Revision.ofConcurrency(1));
        Heard heard = Heard.of(speak(Script.ofChunks(4)));
        assertTrue(heard.complete());
        assertEquals(8000, heard.body().length);
        assertEquals("4000", heard.trailers().get("x-audio-samples"));
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = post(HELLO);
        assertTrue(Heard.of(client).complete());
        client.post(SPEECH, "{}");
        assertEquals(400, Heard.of(client).status());
        client.post(SPEECH, HELLO);
        assertTrue(Heard.of(client).complete());
    }

    @Test
    void ourOwnRefusalKeepsItsBodyAndItsRetryAfter() throws Exception {
        start(Revision.ofConcurrency(1));
        Heard refused = Heard.of(speak(Script.ofChunks(0)
                .thenFailing(new UtterException.Unavailable("too_busy", "Come back later.", Duration.ofSeconds(7)))));
        assertEquals(503, refused.status());
        assertEquals("7", refused.headers().get("retry-after"));
        assertTrue(refused.text().contains("\"too_busy\""), refused.text());
    }

    @Test
    void whatOverflowsTheProxysQueueNeverReachesUs() throws Exception {
        start(Revision.ofConcurrency(1));
        speak(Script.ofChunks(1).behind(gate));
        service.stream();
        for (int i = 0; i < 10; i++) {
            post(HELLO);
        }
        proxy.awaitInside(11);
        Heard refused = Heard.of(post("{\"input\":\"Refused\"}"));
        assertEquals(503, refused.status());
        assertEquals("pending request queue full", refused.text().strip());
        gate.countDown();
        for (int i = 0; i < 11; i++) {
            assertTrue(Heard.of(clients.get(i)).complete());
            assertEquals("Hello", service.request().input());
        }
    }

    @Test
    void aClientThatLeavesMidstreamCancelsItsStream() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = speak(Script.endless());
        client.readHead().chunk();
        client.close();
        awaitCancelled(service.stream());
    }

    @Test
    void aClientThatLeavesBeforeTheFirstChunkCancelsItsStream() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = speak(Script.endless().behind(gate));
        FakeStream stream = service.stream();
        client.close();
        awaitCancelled(stream);
    }

    @Test
    void aClientThatLeavesDuringAPauseCancelsItsStream() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = speak(Script.endless().pausingAfter(1, gate));
        client.readHead().chunk();
        client.close();
        awaitCancelled(service.stream());
    }

    @Test
    void aClientThatLeavesTheQueueBeginsNoStream() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp running = speak(Script.ofChunks(2).pausingAfter(1, gate));
        running.readHead().chunk();
        RawHttp impatient = post("{\"input\":\"Impatient\"}");
        proxy.awaitInside(2);
        impatient.close();
        proxy.awaitInside(1);
        gate.countDown();
        assertTrue(Heard.restOf(running).complete());
        assertTrue(Heard.of(post("{\"input\":\"Last\"}")).complete());
        assertEquals("Hello", service.request().input());
        assertEquals("Last", service.request().input());
    }

    @Test
    void aSlowReaderHoldsItsStreamBackThroughTheProxy() throws Exception {
        start(Revision.ofConcurrency(2));
        RawHttp slow = RawHttp.connect(proxy.port(), 4096);
        clients.add(slow);
        service.next(Script.endless().withChunksOf(32_000));
        slow.post(SPEECH, HELLO);
        FakeStream held = service.stream();
        long before;
        do {
            before = held.asked();
            for (int i = 0; i < 20; i++) {
                assertTrue(Heard.of(post(HELLO)).complete()); // time passes
            }
        } while (held.asked() > before && before < 1000);
        assertTrue(before < 1000, before + " chunks of 64 kB were made for a reader that reads none");
    }

    @Test
    void aStreamThatFailsMidwayIsNotWhole() throws Exception {
        start(Revision.ofConcurrency(1));
        Heard heard = Heard.of(speak(Script.ofChunks(2).thenFailing(new UtterException.Failed("broken", "It broke.", null))));
        assertFalse(heard.cleanEnd());
        assertFalse(heard.complete());
    }

    @Test
    void aStreamCutByTheWallEndsCleanlyAndIsNotComplete() throws Exception {
        start(Revision.ofConcurrency(1).withTimeout(SHORT));
        RawHttp client = speak(Script.endless());
        assertCutOff(Heard.of(client));
    }

    @Test
    void aStreamCutInAPauseEndsCleanlyAndIsNotComplete() throws Exception {
        start(Revision.ofConcurrency(1).withIdle(SHORT));
        RawHttp client = speak(Script.endless().pausingAfter(1, gate));
        assertCutOff(Heard.of(client));
    }

    private void assertCutOff(Heard heard) throws Exception {
        assertEquals(200, heard.status());
        assertTrue(heard.cleanEnd());
        assertEquals(TIMED_OUT, heard.textAtEnd(TIMED_OUT.length()));
        assertFalse(heard.complete());
        awaitCancelled(service.stream());
    }

    @Test
    void aStreamThatDoesNotStartIsA504AndIsCancelled() throws Exception {
        start(Revision.ofConcurrency(1).withResponseStart(SHORT));
        Heard heard = Heard.of(speak(Script.endless().behind(gate)));
        assertEquals(504, heard.status());
        assertFalse(heard.complete());
        awaitCancelled(service.stream());
    }

    @Test
    void aStreamThatIsIdleFromTheStartIsA504AndIsCancelled() throws Exception {
        start(Revision.ofConcurrency(1).withIdle(SHORT));
        Heard heard = Heard.of(speak(Script.endless().behind(gate)));
        assertEquals(504, heard.status());
        assertFalse(heard.complete());
        awaitCancelled(service.stream());
    }

    @Test
    void probesFindUsReady() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp probe = RawHttp.connect(proxy.port(), 1 << 16);
        clients.add(probe);
        probe.send("GET / HTTP/1.1\r\nHost: test\r\nUser-Agent: kube-probe/1.34\r\nK-Network-Probe: queue\r\n\r\n");
        assertEquals("queue", Heard.of(probe).text());
    }

    @Test
    void aStreamOutlivesTheProxysDrain() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = speak(Script.ofChunks(2).pausingAfter(1, gate));
        client.readHead().chunk();
        proxy.drain().get(60, TimeUnit.SECONDS);
        gate.countDown();
        assertTrue(Heard.restOf(client).complete());
        proxy.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThrows(IOException.class, () -> post(HELLO));
    }
}
