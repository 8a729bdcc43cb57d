package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class RequestTimeoutTest {
    private static final String HELLO = "{\"input\":\"Hello\"}";
    /** From the request's arrival to the look at its deadline. */
    private static final Duration ON_THE_WAY = Duration.ofSeconds(5);

    @TestHTTPResource
    URI server;

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @ParameterizedTest
    @CsvSource({"20,20000", "20.5,20500", "20s,20000", "90 s,90000", "30000ms,30000", "2m,120000", "1.5m,90000",
        "999999999,280000", "281,280000"})
    void aCallerMayAskForLessTimeButNotForMore(String asked, long millis) throws InterruptedException {
        speak(asked).statusCode(200);
        assertLeft(Duration.ofMillis(millis));
    }

    @Test
    void whoAsksForNothingGetsWhatTheOperatorAllows() throws InterruptedException {
        given().contentType("application/json").body(HELLO).post("/v1/audio/speech").then().statusCode(200);
        assertLeft(Duration.ofSeconds(280));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.0", "0ms", "-1", "+1", "soon", "1h", "1e3", "NaN", "1,5", "10 20", "9999999999", "0x10", "٣"})
    void whatIsNoTimeIsRefusedWithTheHeaderNamed(String asked) {
        speak(asked).statusCode(400).body("error.param", equalTo("X-Request-Timeout")).body("error.code", equalTo("invalid_timeout"))
                .body("error.type", equalTo("invalid_request_error"));
    }

    @Test
    void aRequestThatRunsOutOfTimeBeforeItsFirstChunkIsA504() {
        service.next(Script.ofChunks(0).thenFailing(new UtterException.TimedOut("It took too long.")));
        given().contentType("application/json").body(HELLO).post("/v1/audio/speech").then().statusCode(504)
                .body("error.code", equalTo("deadline_exceeded")).body("error.type", equalTo("server_error"))
                .body("error.param", nullValue()).body("error.message", equalTo("It took too long."));
    }

    @Test
    void aStreamThatRunsOutOfTimeBreaksTheConnection() throws Exception {
        service.next(Script.ofChunks(2).thenFailing(new UtterException.TimedOut("It took too long.")));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            assertEquals(200, http.readHead().status());
            assertThrows(IOException.class, () -> {
                while (http.chunk().length > 0) {
                    // until it breaks; a clean end would leave the loop
                }
            });
        }
    }

    private void assertLeft(Duration allowed) throws InterruptedException {
        Duration left = service.deadline().remaining();
        assertTrue(left.compareTo(allowed) <= 0 && left.compareTo(allowed.minus(ON_THE_WAY)) > 0, left + " of " + allowed);
    }

    private static ValidatableResponse speak(String timeout) {
        return given().contentType("application/json").header("X-Request-Timeout", timeout).body(HELLO).post("/v1/audio/speech").then();
    }
}
