package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Clients of {@code api_v2.py} where callers need keys. */
@QuarkusTest
@TestProfile(ApiV2KeysTest.WithKeys.class)
class ApiV2KeysTest {
    private static final String HELLO = "/tts?text=Hello&text_lang=en&ref_audio_path=ada&prompt_lang=en";
    private static final String ONE_AT_A_TIME = "fedcba9876543210-two";

    /** The whole group, for those who have a key. */
    public static class WithKeys extends ApiKeysTest.WithKeys {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.api-v2.enabled", "true");
            overrides.put("utter.api-v2.switching", "true");
            return overrides;
        }
    }

    @TestHTTPResource
    URI server;

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    private static RequestSpecification keyed(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {HELLO, "/tts?top_k=x", "/set_gpt_weights?weights_path=hum", "/set_sovits_weights?weights_path=hum",
        "/set_refer_audio?refer_audio_path=bob", "/control?command=exit", "/control"})
    void withoutAKeyNothingIsAnswered(String path) {
        given().get(path).then().statusCode(401).header("WWW-Authenticate", equalTo("Bearer")).contentType("application/json")
                .body("message", notNullValue()).body("error", nullValue()).body("detail", nullValue());
        keyed(ApiKeysTest.KEY + "x").get(path).then().statusCode(401);
    }

    @Test
    void withoutAKeyNothingIsChanged() {
        given().get("/set_refer_audio?refer_audio_path=bob").then().statusCode(401);
        keyed(ApiKeysTest.KEY).get("/tts?text=Hello&text_lang=en&prompt_lang=en").then().statusCode(400)
                .body("message", equalTo("ref_audio_path is required"));
    }

    @Test
    void withAKeyEverythingIs() throws InterruptedException {
        keyed(ApiKeysTest.KEY).get(HELLO).then().statusCode(200).contentType("audio/wav");
        assertEquals("ada", service.request().voice());
        keyed(ApiKeysTest.KEY).contentType("application/json")
                .body("{\"text\":\"Hello\",\"text_lang\":\"en\",\"ref_audio_path\":\"bob\",\"prompt_lang\":\"en\"}").post("/tts").then()
                .statusCode(200);
        assertEquals("bob", service.request().voice());
        keyed(ApiKeysTest.KEY).get("/set_gpt_weights?weights_path=hum-e10.ckpt").then().statusCode(200).body("message", equalTo("success"));
        keyed(ApiKeysTest.KEY).get("/set_sovits_weights?weights_path=hum_e8.pth").then().statusCode(200).body("message", equalTo("success"));
        keyed(ApiKeysTest.KEY).get("/control?command=exit").then().statusCode(403);
    }

    @Test
    void aCallerHasAtMostItsShare() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(1).behind(gate));
        try (RawHttp first = RawHttp.connect(server.getPort(), 1 << 16)) {
            first.send("GET " + HELLO + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + ONE_AT_A_TIME + "\r\n\r\n");
            service.stream();
            keyed(ONE_AT_A_TIME).get(HELLO).then().statusCode(429).header("Retry-After", notNullValue()).body("message", notNullValue());
            keyed(ApiKeysTest.KEY).get(HELLO).then().statusCode(200);
            gate.countDown();
            assertEquals(200, first.readHead().status());
        }
        keyed(ONE_AT_A_TIME).get(HELLO).then().statusCode(200);
    }
}
