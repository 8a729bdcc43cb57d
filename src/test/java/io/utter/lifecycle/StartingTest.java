package io.utter.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.utter.config.UtterConfig;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.SpeechService;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One server from its start to its drain; the order is the story, so it is one test. */
@QuarkusTest
@TestProfile(StartingTest.SlowModels.class)
class StartingTest {
    private static final String SPEECH = "/v1/audio/speech";

    @Inject
    SlowLoader loader;

    @Inject
    ServerLifecycle lifecycle;

    @Inject
    Event<ShutdownDelayInitiatedEvent> shutdown;

    @Test
    void aServerStartsServesAndDrains() throws Exception {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(503).body("checks.find { it.name == 'models-started' }.data.phase", equalTo("loading"));
        given().get("/q/health/ready").then().statusCode(503);
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(503)
                .header("Retry-After", "2").body("error.code", equalTo("starting"));
        given().get("/v1/models").then().statusCode(503).body("error.code", equalTo("starting"));

        loader.loaded.countDown();
        assertEquals("default", loader.service.request().voice(), "the warm-up is a real request");
        lifecycle.whenStarted().get(10, TimeUnit.SECONDS);
        given().get("/q/health/started").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body("checks.find { it.name == 'server-ready' }.data.phase", equalTo("ready"));
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(200);

        shutdown.fire(new ShutdownDelayInitiatedEvent());
        given().get("/q/health/ready").then().statusCode(503);
        given().get("/q/health/live").then().statusCode(200);
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(503)
                .header("Retry-After", "1").body("error.code", equalTo("draining"));
    }

    /** Loads when it is told to. A singleton, since a proxy would have fields of its own. */
    @Alternative
    @Singleton
    public static class SlowLoader implements SpeechServiceLoader {
        final CountDownLatch loaded = new CountDownLatch(1);
        final FakeSpeechService service = new FakeSpeechService();

        @Override
        public SpeechService load(UtterConfig config) throws InterruptedException {
            loaded.await();
            return service;
        }
    }

    public static class SlowModels implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(SlowLoader.class);
        }
    }
}
