package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Probes, and the way out. */
class QueueProxyDrainTest extends QueueProxyContract {
    private static final int PATIENCE_SECONDS = 60;

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
