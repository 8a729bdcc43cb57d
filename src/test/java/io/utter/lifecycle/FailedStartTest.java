package io.utter.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.speech.SpeechService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** That the process then ends with exit code 1 is {@code ServerIT}'s to see. */
@QuarkusTest
@TestProfile(FailedStartTest.NoModels.class)
class FailedStartTest {
    @Inject
    ServerLifecycle lifecycle;

    @Test
    void healthSaysWhyAndRequestsAreRefused() {
        assertThrows(ExecutionException.class, () -> lifecycle.whenStarted().get(10, TimeUnit.SECONDS));
        given().get("/q/health/ready").then().statusCode(503)
                .body("checks.find { it.name == 'server-ready' }.data.reason", equalTo("No bundle is there."));
        given().get("/q/health/live").then().statusCode(503);
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post("/v1/audio/speech").then().statusCode(503)
                .body("error.code", equalTo("models_failed"));
    }

    /** Finds nothing. */
    @Alternative
    @ApplicationScoped
    public static class EmptyLoader implements SpeechServiceLoader {
        @Override
        public SpeechService load(UtterConfig config) {
            throw new UtterException.Failed("no_models", "No bundle is there.", null);
        }
    }

    public static class NoModels implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(EmptyLoader.class);
        }
    }
}
