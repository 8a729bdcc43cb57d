package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiKeysTest.WithKeys.class)
class ApiKeysTest {
    static final String KEY = "0123456789abcdef-one";

    /** Callers need keys. */
    public static class WithKeys extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("keys", ".txt");
                file.toFile().deleteOnExit();
                Files.writeString(file, "# callers\none " + KEY + "\n\ntwo fedcba9876543210-two 1\n");
                Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
                overrides.put("utter.keys-file", file.toString());
                return overrides;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    private static RequestSpecification keyed(String key) {
        return given().contentType("application/json").header("Authorization", "Bearer " + key);
    }

    @Test
    void withoutAKeyNothingIsAnswered() {
        String hello = "{\"input\":\"Hello\"}";
        given().contentType("application/json").body(hello).post("/v1/audio/speech").then().statusCode(401).header("WWW-Authenticate", equalTo("Bearer"))
                .body("error.code", equalTo("missing_api_key"));
        keyed(KEY + "x").body(hello).post("/v1/audio/speech").then().statusCode(401).body("error.code", equalTo("invalid_api_key"));
        given().get("/v1/models").then().statusCode(401);
        given().get("/v1/audio/voices").then().statusCode(401);
        given().delete("/v1/audio/voices/ada").then().statusCode(401);
    }

    @Test
    void withOneEverythingIs() {
        keyed(KEY).body("{\"input\":\"Hello\"}").post("/v1/audio/speech").then().statusCode(200);
        keyed(KEY).get("/v1/models").then().statusCode(200);
        keyed("fedcba9876543210-two").get("/v1/audio/voices").then().statusCode(200);
    }

    /** Keys are what makes uploads safe to allow. */
    @Test
    void whoHasAKeyMayAddVoices() {
        given().header("Authorization", "Bearer " + KEY).multiPart("name", "Eve").multiPart("audio_sample", "a.wav", new byte[] {1}, "audio/wav")
                .post("/v1/audio/voices").then().statusCode(201);
    }

    @Test
    void healthNeedsNone() {
        given().get("/q/health/live").then().statusCode(200);
    }
}
