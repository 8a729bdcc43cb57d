package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Each row of the golden table, so that the stand-in can be trusted; the real queue-proxy passes it as well. */
class QueueProxyDoubleTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration A_MOMENT = Duration.ofMillis(80);
    private static final String TIMED_OUT = "request timeout";
    private static final String PROBE = "GET / HTTP/1.1\r\nHost: test\r\nUser-Agent: kube-probe/1.34\r\nK-Network-Probe: queue\r\n\r\n";

    private final List<RawHttp> clients = new ArrayList<>();
    private ScriptedOrigin origin;
    private QueueProxy proxy;

    @BeforeEach
    void startOrigin() throws IOException {
        origin = new ScriptedOrigin();
    }

    @AfterEach
    void closeAll() throws IOException {
        for (RawHttp client : clients) {
            client.close();
        }
        proxy.close();
        origin.close();
    }

    private void start(Revision revision) throws IOException {
        proxy = QueueProxy.before(origin.port(), revision);
    }

    private RawHttp ask(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: test\r\n\r\n");
    }

    private RawHttp send(String text) throws IOException {
        RawHttp client = RawHttp.connect(proxy.port(), 1 << 16);
        clients.add(client);
        client.send(text);
        return client;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    // How responses pass

    @Test
    void aChunkPassesBeforeTheNextIsMade() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("one");
        assertEquals("one", text(client.readHead().chunk()));
        call.chunk("two");
        assertEquals("two", text(client.chunk()));
        call.end();
        assertTrue(Heard.restOf(client).cleanEnd());
    }

    @Test
    void theHeadOfAResponseInChunksPassesBeforeTheFirst() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        origin.next().begin();
        assertEquals(200, client.readHead().status());
    }

    @Test
    void aBodyOfKnownLengthPilesUp() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.send("HTTP/1.1 200 OK\r\nContent-Length: 6000\r\n\r\n" + "a".repeat(2000));
        assertTrue(client.isSilentFor(A_MOMENT));
        call.send("b".repeat(3000));
        client.readHead().skip(2500);
        call.send("c".repeat(1000));
        client.skip(3500);
    }

    @Test
    void trailersPassAnnouncedOrNot() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Announced\r\n\r\n");
        call.chunk("one");
        call.end(new Head.Field("X-Announced", "1"), new Head.Field("X-Surprise", "2"));
        Heard heard = Heard.of(client);
        assertEquals("X-Announced", heard.headers().get("trailer"));
        assertEquals(Map.of("x-announced", "1", "x-surprise", "2"), heard.trailers());
    }

    @Test
    void aRefusalOfTheApplicationPassesUntouched() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        origin.next().send("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nContent-Type: application/problem+json\r\n"
                + "Content-Length: 13\r\n\r\n{\"a\":\"later\"}");
        Heard heard = Heard.of(client);
        assertEquals(503, heard.status());
        assertEquals("7", heard.headers().get("retry-after"));
        assertEquals("application/problem+json", heard.headers().get("content-type"));
        assertEquals("{\"a\":\"later\"}", heard.text());
    }

    // How requests pass

    @Test
    void knativesOwnHeadersAreRemoved() throws Exception {
        start(Revision.ofConcurrency(1));
        send("GET / HTTP/1.1\r\nHost: test\r\nKnative-Serving-Namespace: a\r\nKnative-Serving-Revision: b\r\nX-Kept: c\r\n\r\n");
        Head seen = origin.next().head();
        assertEquals(Optional.empty(), seen.get("Knative-Serving-Namespace"));
        assertEquals(Optional.empty(), seen.get("Knative-Serving-Revision"));
        assertEquals(Optional.of("c"), seen.get("X-Kept"));
        assertEquals(Optional.of("test"), seen.get("Host"));
    }

    @Test
    void theCallersAddressIsAddedToTheHops() throws Exception {
        start(Revision.ofConcurrency(1));
        send("GET / HTTP/1.1\r\nHost: test\r\nX-Forwarded-For: 10.0.0.1, fe80::1\r\nX-Forwarded-Proto: https\r\n\r\n");
        Head seen = origin.next().head();
        assertEquals(Optional.of("10.0.0.1, fe80::1, 127.0.0.1"), seen.get("X-Forwarded-For"));
        assertEquals(Optional.of("for=10.0.0.1;proto=https, for=\"[fe80::1]\""), seen.get("Forwarded"));
    }

    @Test
    void aClientsConnectionCloseIsItsOwn() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = send("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
        ScriptedOrigin.Call call = origin.next();
        assertEquals(Optional.empty(), call.head().get("Connection"));
        call.answer("hello");
        assertTrue(client.rest().endsWith("hello"));
    }

    @Test
    void bodiesPass() throws Exception {
        start(Revision.ofConcurrency(1));
        send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello");
        assertEquals("hello", origin.next().body());
    }

    // Overload

    @Test
    void elevenTimesTheConcurrencyIsTakenInAndTheRestRefused() throws Exception {
        start(Revision.ofConcurrency(2));
        for (int i = 0; i < 22; i++) {
            ask("/");
        }
        origin.next();
        origin.next();
        proxy.awaitInside(22);
        Heard refused = Heard.of(ask("/"));
        assertEquals(503, refused.status());
        assertEquals("pending request queue full", refused.text().strip());
        assertEquals("text/plain; charset=utf-8", refused.headers().get("content-type"));
        assertFalse(refused.headers().containsKey("retry-after"));
        assertTrue(origin.sawNoOther());
    }

    @Test
    void whoWaitsIsServedInOrderOfArrival() throws Exception {
        start(Revision.ofConcurrency(1));
        ask("/0");
        ScriptedOrigin.Call serving = origin.next();
        for (int i = 1; i <= 10; i++) {
            ask("/" + i);
            proxy.awaitInside(i + 1);
        }
        for (int i = 1; i <= 10; i++) {
            serving.answer("done");
            serving = origin.next();
            assertEquals("/" + i, serving.head().path());
        }
    }

    @Test
    void aClientThatLeavesTheQueueIsNeverSeenByTheApplication() throws Exception {
        start(Revision.ofConcurrency(1));
        ask("/first");
        ScriptedOrigin.Call first = origin.next();
        RawHttp impatient = ask("/impatient");
        proxy.awaitInside(2);
        impatient.close();
        proxy.awaitInside(1);
        ask("/last");
        first.answer("done");
        assertEquals("/last", origin.next().head().path());
    }

    // Broken streams

    @Test
    void aClientThatLeavesMidstreamClosesTheConnectionToTheApplication() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("one");
        client.readHead().chunk();
        client.close();
        call.awaitClosed();
    }

    @Test
    void anApplicationThatDiesMidstreamLeavesNoCleanEnd() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("one");
        assertEquals("one", text(client.readHead().chunk()));
        call.die();
        assertThrows(EOFException.class, client::chunk);
    }

    @Test
    void anApplicationThatDiesBeforeItsAnswerIsABadGateway() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = send("POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nhi");
        origin.next().die();
        assertEquals(502, client.readHead().status());
    }

    // Timeouts

    @Test
    void theWallCutsAStreamAndEndsItAsIfItWereWhole() throws Exception {
        start(Revision.ofConcurrency(1).withTimeout(SHORT));
        RawHttp client = ask("/");
        assertCutOffMidstream(client);
    }

    @Test
    void theWallIsA504BeforeTheResponseBegins() throws Exception {
        start(Revision.ofConcurrency(1).withTimeout(SHORT));
        RawHttp client = ask("/");
        assertTimedOutUnanswered(client);
    }

    @Test
    void aGapLongerThanIdleCutsAStreamInTheSameWay() throws Exception {
        start(Revision.ofConcurrency(1).withIdle(SHORT));
        RawHttp client = ask("/");
        assertCutOffMidstream(client);
    }

    @Test
    void idleIsA504BeforeTheResponseBegins() throws Exception {
        start(Revision.ofConcurrency(1).withIdle(SHORT));
        RawHttp client = ask("/");
        assertTimedOutUnanswered(client);
    }

    @Test
    void aStreamWithoutGapsOutlivesIdle() throws Exception {
        start(Revision.ofConcurrency(1).withIdle(SHORT.multipliedBy(2)));
        Duration idle = proxy.revision().idle().orElseThrow();
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < idle.multipliedBy(2).toNanos()) {
            call.chunk("still here");
            Thread.sleep(idle.dividedBy(10));
        }
        call.end(new Head.Field("X-Audio-Complete", "true"));
        assertTrue(Heard.of(client).complete());
    }

    @Test
    void aResponseThatDoesNotStartIsA504() throws Exception {
        start(Revision.ofConcurrency(1).withResponseStart(SHORT));
        RawHttp client = ask("/");
        assertTimedOutUnanswered(client);
    }

    @Test
    void aResponseThatHasStartedMayTakeItsTime() throws Exception {
        start(Revision.ofConcurrency(1).withResponseStart(SHORT));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("one");
        client.readHead().chunk();
        assertTrue(client.isSilentFor(proxy.revision().responseStart().orElseThrow().plus(A_MOMENT)));
        call.end(new Head.Field("X-Audio-Complete", "true"));
        assertTrue(Heard.restOf(client).complete());
    }

    @Test
    void theClocksRunInTheQueueToo() throws Exception {
        start(Revision.ofConcurrency(1).withResponseStart(SHORT));
        ask("/running");
        ScriptedOrigin.Call running = origin.next();
        running.begin();
        running.chunk("one");
        assertEquals(504, ask("/waiting").readHead().status());
        assertTrue(origin.sawNoOther());
    }

    private void assertCutOffMidstream(RawHttp client) throws Exception {
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("audio");
        Heard heard = Heard.of(client);
        assertEquals(200, heard.status());
        assertTrue(heard.cleanEnd());
        assertEquals("audio" + TIMED_OUT, heard.text());
        assertEquals(Map.of(), heard.trailers());
        call.awaitClosed();
    }

    private void assertTimedOutUnanswered(RawHttp client) throws Exception {
        ScriptedOrigin.Call call = origin.next();
        Heard heard = Heard.of(client);
        assertEquals(504, heard.status());
        assertEquals(TIMED_OUT, heard.text());
        call.awaitClosed();
    }

    // Probes

    @Test
    void aProbeIsAnsweredWhenTheApplicationIsReady() throws Exception {
        origin.ready(false);
        start(Revision.ofConcurrency(1));
        RawHttp probe = send(PROBE);
        assertTrue(probe.isSilentFor(A_MOMENT));
        origin.ready(true);
        Heard heard = Heard.of(probe);
        assertEquals(200, heard.status());
        assertEquals("queue", heard.text());
    }

    @Test
    void aProbeThatDoesNotNameTheQueueIsABadRequest() throws Exception {
        start(Revision.ofConcurrency(1));
        assertEquals(400, send("GET / HTTP/1.1\r\nHost: test\r\nUser-Agent: kube-probe/1.34\r\n\r\n").readHead().status());
    }

    @Test
    void probesTakeNoSlot() throws Exception {
        start(Revision.ofConcurrency(1));
        ask("/");
        origin.next();
        assertEquals(200, send(PROBE).readHead().status());
    }

    // Drain

    @Test
    void aDrainFailsProbesAtOnceAndGoesOnServing() throws Exception {
        start(Revision.ofConcurrency(1));
        proxy.drain();
        Heard probe = Heard.restOf(awaitDraining());
        assertEquals("shutting down", probe.text().strip());
        RawHttp client = ask("/");
        origin.next().answer("still served");
        assertEquals("still served", Heard.of(client).text());
    }

    @Test
    void preStopReturnsAQuietPeriodAfterTheLastArrival() throws Exception {
        start(Revision.ofConcurrency(1));
        CompletableFuture<Void> preStop = proxy.drain();
        awaitDraining();
        Thread.sleep(A_MOMENT);
        long arrived = System.nanoTime();
        ask("/");
        origin.next().answer("done");
        preStop.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Duration quiet = Duration.ofNanos(System.nanoTime() - arrived);
        assertTrue(quiet.compareTo(proxy.revision().quietPeriod()) >= 0, quiet + " is less than " + proxy.revision().quietPeriod());
    }

    @Test
    void aStreamOutlivesPreStopAndTheProxyOutlivesTheStream() throws Exception {
        start(Revision.ofConcurrency(1));
        RawHttp client = ask("/");
        ScriptedOrigin.Call call = origin.next();
        call.begin();
        call.chunk("one");
        client.readHead().chunk();
        proxy.drain().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertFalse(proxy.exit().isDone());
        call.chunk("two");
        assertEquals("two", text(client.chunk()));
        call.end(new Head.Field("X-Audio-Complete", "true"));
        assertTrue(Heard.restOf(client).complete());
        proxy.exit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A drain begins at a signal, which takes its time to arrive. */
    private RawHttp awaitDraining() throws IOException {
        while (true) {
            RawHttp probe = send(PROBE).readHead();
            if (probe.status() == 503) {
                return probe;
            }
        }
    }
}
