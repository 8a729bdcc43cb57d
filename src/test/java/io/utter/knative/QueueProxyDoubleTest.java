package io.utter.knative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.fake.RawHttp;
import org.junit.jupiter.api.Test;

import java.io.EOFException;
import java.util.Map;
import java.util.Optional;

/** How requests and responses pass the queue-proxy, and what happens when one side leaves. */
class QueueProxyDoubleTest extends QueueProxyContract {
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
}
