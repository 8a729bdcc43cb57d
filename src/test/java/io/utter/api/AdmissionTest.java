package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.utter.admission.AdmissionGate;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server with one slot and one place in its queue, where each client may have two requests. */
@QuarkusTest
@TestProfile(AdmissionTest.OneSlot.class)
class AdmissionTest {
    private static final String SPEECH = "/v1/audio/speech";
    private static final String HELLO = "{\"input\":\"Hello\",\"response_format\":\"pcm\"}";
    private static final int PATIENCE_SECONDS = 10;

    @TestHTTPResource
    URI server;

    @Inject
    FakeSpeechService service;

    @Inject
    AdmissionGate gate;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void forget() {
        service.forget();
    }

    /** Every test ends with this: however its requests ended, their permits are back. */
    @AfterEach
    void allPermitsAreGivenBack() {
        awaitHeld(0);
    }

    @Test
    void whoFindsTheQueueFullIsSentAwayWithATimeToComeBack() throws Exception {
        double before = rejected("overloaded");
        try (RawHttp _ = speaking("a"); RawHttp _ = speaking("b")) {
            speak("c").statusCode(503).header("Retry-After", "1").contentType("application/json")
                    .body("error.code", equalTo("overloaded")).body("error.type", equalTo("server_error")).body("error.param", nullValue());
        }
        assertEquals(before + 1, rejected("overloaded"));
    }

    /** Of 4096 characters half are before the next turn; no server speaks them in 50 ms when five took it one round through HTTP. */
    @Test
    void whoWouldHaveLeftByTheTimeOfItsTurnIsSentAwayAtOnce() throws Exception {
        speak("a").statusCode(200); // from which the speed is known
        service.next(Script.endless());
        try (RawHttp running = RawHttp.speak(server.getPort(), "{\"input\":\"" + "a".repeat(4096) + "\"}")) {
            assertEquals(200, running.readHead().status());
            given().contentType("application/json").header("X-Forwarded-For", "b").header("X-Request-Timeout", "50ms").body(HELLO)
                    .post(SPEECH).then().statusCode(503).header("Retry-After", notNullValue()).body("error.code", equalTo("overloaded"));
        }
    }

    @Test
    void aClientOverItsShareIsSentAwayAndOthersAreNot() throws Exception {
        double before = rejected("too_many_requests");
        try (RawHttp _ = speaking("greedy, 10.0.0.1")) {
            RawHttp second = speaking("greedy, 10.0.0.2"); // it is the first entry that names the client
            speak("greedy").statusCode(429).header("Retry-After", "1").contentType("application/json")
                    .body("error.code", equalTo("too_many_requests")).body("error.type", equalTo("invalid_request_error"))
                    .body("error.param", nullValue());
            second.close();
            awaitHeld(1);
            speaking("modest").close();
        }
        assertEquals(before + 1, rejected("too_many_requests"));
    }

    @Test
    void withoutTheHeaderTheAddressIsTheClient() throws Exception {
        try (RawHttp _ = speaking(""); RawHttp _ = speaking("")) {
            given().contentType("application/json").body(HELLO).post(SPEECH).then().statusCode(429);
        }
    }

    @Test
    void aRefusalDoesNotWaitForTheBodyAndTheConnectionIsStillGood() throws Exception {
        try (RawHttp running = speaking("a"); RawHttp waiting = speaking("b"); RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send(head("c"));
            assertEquals(503, http.readHead().status());
            http.skip(Integer.parseInt(http.headers().get("content-length")));
            running.close();
            waiting.close();
            awaitHeld(0);
            http.send(HELLO + head("c") + HELLO);
            assertEquals(200, http.readHead().status());
        }
    }

    @Test
    void aFullQueueIsNoticedAlsoWhenItFilledWhileTheBodyWasSent() throws Exception {
        try (RawHttp late = RawHttp.connect(server.getPort(), 1 << 16)) {
            late.send(head("late"));
            awaitHeld(1);
            try (RawHttp _ = speaking("a"); RawHttp _ = speaking("b")) {
                late.send(HELLO);
                assertEquals(503, late.readHead().status());
            }
        }
    }

    @Test
    void aStreamThatCompletesGivesItsPermitBack() {
        speak("a").statusCode(200);
        awaitHeld(0);
    }

    @Test
    void aRequestThatIsWrongGivesItsPermitBack() {
        for (String body : new String[] {"{", "{\"input\":\"\"}", "{\"input\":\"Hello\",\"voice\":\"nobody\"}",
            "{\"input\":\"Hello\",\"speed\":9}"}) {
            given().contentType("application/json").header("X-Forwarded-For", "wrong").body(body).post(SPEECH).asByteArray();
            awaitHeld(0);
        }
    }

    @Test
    void aStreamThatFailsBeforeItsFirstChunkGivesItsPermitBack() {
        service.next(Script.ofChunks(0).thenFailing(new IllegalStateException("broken")));
        speak("a").statusCode(500);
        awaitHeld(0);
    }

    @Test
    void aStreamThatFailsLaterGivesItsPermitBack() throws Exception {
        service.next(Script.ofChunks(2).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            assertThrows(IOException.class, () -> {
                http.readHead();
                while (http.chunk().length > 0) {
                    // until it breaks
                }
            });
            awaitHeld(0);
        }
    }

    @Test
    void aClientThatLeavesWhileItsBodyIsReadGivesItsPermitBack() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send(head("a") + "{\"inp");
            awaitHeld(1);
        }
        awaitHeld(0);
    }

    @Test
    void aClientThatLeavesWhileItsTextIsPreparedGivesItsPermitBack() throws Exception {
        CountDownLatch preparation = new CountDownLatch(1);
        service.prepareBehind(preparation);
        RawHttp http = RawHttp.speak(server.getPort(), HELLO);
        service.request();
        http.close();
        preparation.countDown();
        service.stream().cancelled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        awaitHeld(0);
    }

    @Test
    void aClientThatLeavesBeforeTheFirstChunkGivesItsPermitBack() throws Exception {
        service.next(Script.endless().behind(new CountDownLatch(1)));
        try (RawHttp _ = RawHttp.speak(server.getPort(), HELLO)) {
            service.stream();
        }
        awaitHeld(0);
    }

    /** A client whose stream begins and goes on. */
    private RawHttp speaking(String client) throws Exception {
        service.next(Script.endless());
        RawHttp http = RawHttp.connect(server.getPort(), 4096);
        http.send(head(client) + HELLO);
        assertEquals(200, http.readHead().status());
        http.chunk();
        return http;
    }

    private static String head(String client) {
        return "POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nX-Forwarded-For: " + client
                + "\r\nContent-Length: " + HELLO.length() + "\r\n\r\n";
    }

    private static ValidatableResponse speak(String client) {
        return given().contentType("application/json").header("X-Forwarded-For", client).body(HELLO).post(SPEECH).then();
    }

    private double rejected(String reason) {
        return meters.get("tts.rejected").tag("reason", reason).counter().count();
    }

    // The server notices on its own threads, a moment after the client has seen or done something.
    private void awaitHeld(int permits) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (gate.held() != permits && System.nanoTime() < patience) {
            Thread.yield();
        }
        assertEquals(permits, gate.held());
    }

    public static class OneSlot extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("utter.engine.slots", "1", "utter.admission.most-waiting", "1", "utter.admission.per-client", "2",
                    "utter.admission.client-header", "X-Forwarded-For");
        }
    }
}
