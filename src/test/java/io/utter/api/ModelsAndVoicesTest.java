package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class ModelsAndVoicesTest {

    @Test
    void modelsAreListedAsOpenAiDoes() {
        given().get("/v1/models").then().statusCode(200).contentType("application/json")
                .body("object", equalTo("list")).body("data.id", contains("hum")).body("data[0].object", equalTo("model"))
                .body("data[0].created", equalTo(1_700_000_000)).body("data[0].owned_by", equalTo("utter"))
                .body("data[0].generation", equalTo("v2")).body("data[0].sample_rate", equalTo(32000));
    }

    @Test
    void aModelIsFoundByItsIdAndByTheNamesOfTheDefault() {
        for (String name : new String[] {"hum", "default", "tts-1"}) {
            given().get("/v1/models/" + name).then().statusCode(200).body("id", equalTo("hum"));
        }
    }

    @Test
    void voicesAreListedWithTheirModelAndLanguage() {
        given().get("/v1/audio/voices").then().statusCode(200).body("object", equalTo("list")).body("data.id", contains("ada", "bob"))
                .body("data[1].object", equalTo("audio.voice")).body("data[1].model", equalTo("hum")).body("data[1].name", equalTo("Bob"))
                .body("data[1].language", equalTo("en")).body("uploads", equalTo(false));
    }

    @Test
    void voicesAreNotAddedWhereNobodyNeedsAKey() {
        given().multiPart("name", "Eve").multiPart("audio_sample", "a.wav", new byte[] {1}, "audio/wav").post("/v1/audio/voices").then().statusCode(403)
                .body("error.code", equalTo("uploads_are_off"));
        given().delete("/v1/audio/voices/ada").then().statusCode(403);
    }
}
