package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.SpeechRequest;
import jakarta.inject.Inject;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class PhonemesTest {
    private static final String PHONEMES = "/v1/audio/phonemes";

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @Test
    void aTextsReadingIsShown() throws InterruptedException {
        given().contentType("application/json").body("{\"input\":\"你\",\"language\":\"zh\",\"voice\":\"bob\"}").post(PHONEMES).then().statusCode(200)
                .body("sentences", hasSize(1))
                .body("sentences[0].text", equalTo("你"))
                .body("sentences[0].phones", contains("n", "i3"))
                .body("sentences[0].ids", contains(227, 168))
                .body("sentences[0].pause_before", equalTo(1.5f))
                .body("sentences[0].segments[0].language", equalTo("zh"))
                .body("sentences[0].segments[0].phones_per_character", contains(2))
                .body("sentences[0].segments[0].words[0].text", equalTo("你"))
                .body("sentences[0].segments[0].words[0].reading", equalTo("ni3"))
                .body("sentences[0].segments[0].words[0].phones", contains("n", "i3"))
                .body("sentences[0].segments[0].marked", equalTo(true));
        SpeechRequest asked = service.request();
        assertEquals(Optional.of("zh"), asked.language());
        assertEquals("bob", asked.voice());
    }

    @Test
    void theFieldsMayStandInTheAddress() throws InterruptedException {
        given().queryParam("input", "你好").queryParam("language", "zh").queryParam("speed", "1.5").get(PHONEMES).then().statusCode(200).body("object", equalTo("audio.phonemes"));
        assertEquals("你好", service.request().input());
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        given().get(PHONEMES).then().statusCode(400).body("error.param", equalTo("input"));
        given().queryParam("input", "a").queryParam("lang", "zh").get(PHONEMES).then().statusCode(400).body("error.code", equalTo("unknown_field"));
        given().contentType("application/json").body("{").post(PHONEMES).then().statusCode(400).body("error.code", equalTo("invalid_json"));
    }
}
