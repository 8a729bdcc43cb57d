package io.utter.lifecycle;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class BrokenEngineTest {
    @Inject
    FakeSpeechService service;

    @AfterEach
    void forget() {
        service.forget();
    }

    @Test
    void aServerWhoseEngineIsBrokenAsksToBeReplacedAndSaysWhy() {
        given().get("/q/health/live").then().statusCode(200);
        service.breakDown("The card is gone.");
        given().get("/q/health/live").then().statusCode(503)
                .body("checks.find { it.name == 'server-alive' }.data.reason", equalTo("The card is gone."))
                .body("checks.find { it.name == 'server-alive' }.data.phase", equalTo("broken"));
        given().get("/q/health/ready").then().statusCode(503)
                .body("checks.find { it.name == 'server-ready' }.data.reason", equalTo("The card is gone."));
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post("/v1/audio/speech").then().statusCode(503)
                .header("Retry-After", "1").body("error.code", equalTo("models_broken"));
    }
}
