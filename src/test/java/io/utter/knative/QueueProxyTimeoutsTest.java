package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** The three timeouts of a revision. */
class QueueProxyTimeoutsTest extends QueueProxyContract {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String TIMED_OUT = "request timeout";

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
        start(Revision.ofConcurrency(1).withIdle(SHORT));
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
}
