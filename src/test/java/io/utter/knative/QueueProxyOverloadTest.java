package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.Test;

/** Who is taken in, in which order, and who is refused. */
class QueueProxyOverloadTest extends QueueProxyContract {
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
}
