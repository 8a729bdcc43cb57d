package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.Reference;
import io.utter.speech.SpeechRequest;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(VoicesTest.WithUploads.class)
class VoicesTest {
    private static final String VOICES = "/v1/audio/voices";
    private static final byte[] RECORDING = {1, 2, 3, 0, -1};

    /** Voices may be added. */
    public static class WithUploads extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.voices.uploads", "on");
            return overrides;
        }
    }

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @Test
    void aVoiceIsAddedFoundAndDeleted() throws InterruptedException {
        given().multiPart("name", "Eve").multiPart("audio_sample", "eve.wav", RECORDING, "audio/wav").multiPart("transcript", "Some words.")
                .multiPart("language", "en")
                .post(VOICES).then().statusCode(201).header("Location", endsWith("/v1/audio/voices/eve")).body("id", equalTo("eve"))
                .body("object", equalTo("audio.voice")).body("name", equalTo("Eve")).body("created_at", equalTo(1_800_000_000)).body("prompted", equalTo(true));
        Reference reference = service.reference();
        assertArrayEquals(RECORDING, reference.recording());
        assertEquals(Optional.of("Some words."), reference.transcript());
        given().get(VOICES).then().body("data.id", contains("ada", "bob", "eve")).body("data.added", contains(false, false, true))
                .body("uploads", equalTo(true)).body("consent_required", equalTo(false));
        given().get(VOICES + "/eve").then().statusCode(200).body("model", equalTo("hum"));
        given().delete(VOICES + "/eve").then().statusCode(200).body("deleted", equalTo(true));
        given().get(VOICES + "/eve").then().statusCode(404).body("error.code", equalTo("voice_not_found"));
        given().delete(VOICES + "/eve").then().statusCode(404);
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() {
        given().multiPart("audio_sample", "a.wav", RECORDING, "audio/wav").post(VOICES).then().statusCode(400).body("error.param", equalTo("name"));
        given().multiPart("name", "Eve").post(VOICES).then().statusCode(400).body("error.param", equalTo("audio_sample"))
                .body("error.code", equalTo("missing_field"));
        given().multiPart("name", "Eve").multiPart("path", "/etc/passwd").multiPart("audio_sample", "a.wav", RECORDING, "audio/wav").post(VOICES).then()
                .statusCode(400).body("error.code", equalTo("unknown_field"));
        given().contentType("application/json").body("{}").post(VOICES).then().statusCode(415);
    }

    @Test
    void descriptionsMakeNoVoices() {
        given().multiPart("type", "prompt").multiPart("name", "Eve").multiPart("prompt", "A low voice.").multiPart("model", "auto")
                .multiPart("script_hint", "Hello.").post(VOICES).then().statusCode(400).body("error.param", equalTo("type"))
                .body("error.code", equalTo("unsupported_voice_type"));
    }

    @Test
    void aConsentIsOptionalHereButHasToExist() {
        given().multiPart("name", "Eve").multiPart("consent", "cons_1234").multiPart("audio_sample", "a.wav", RECORDING, "audio/wav")
                .post(VOICES).then().statusCode(400).body("error.code", equalTo("consent_not_found")).body("error.param", equalTo("consent"));
        given().multiPart("name", "Eve").multiPart("type", "audio_sample").multiPart("audio_sample", "a.wav", RECORDING, "audio/wav")
                .post(VOICES).then().statusCode(201).body("type", equalTo("audio_sample")).body("$", not(hasKey("consent")));
    }

    @Test
    void aRequestMayBringItsVoice() throws InterruptedException {
        given().contentType("application/json").body("{\"input\":\"Hello\",\"reference\":{\"audio\":\"" + Base64.getEncoder().encodeToString(RECORDING)
                + "\",\"transcript\":\"Some words.\",\"language\":\"en\",\"auxiliary_audio\":[\"AQI=\"]}}").post("/v1/audio/speech").then().statusCode(200);
        SpeechRequest asked = service.request();
        assertEquals(Optional.of(new Reference(RECORDING, List.of(new byte[] {1, 2}), Optional.of("Some words."), Optional.of("en"))), asked.reference());

        given().multiPart("input", "Hello").multiPart("speed", "1.5").multiPart("reference", "a.wav", RECORDING, "audio/wav").multiPart("transcript", "Some words.")
                .post("/v1/audio/speech").then().statusCode(200).header("Content-Type", equalTo("audio/mpeg"));
        SpeechRequest form = service.request();
        assertEquals(1.5, form.speed());
        assertArrayEquals(RECORDING, form.reference().orElseThrow().recording());
    }

    @Test
    void aReferenceIsCheckedFieldByField() {
        for (String reference : new String[] {"\"/etc/passwd\"", "{}", "{\"audio\":\"!!\"}", "{\"audio\":\"AQI=\",\"path\":\"x\"}", "{\"audio\":7}"}) {
            given().contentType("application/json").body("{\"input\":\"Hello\",\"reference\":" + reference + "}").post("/v1/audio/speech").then().statusCode(400);
        }
    }

    /** Spoken in another voice, what came with a mistake in a field's name would sound as if it were right. */
    @Test
    void whatBelongsToARecordingIsNotIgnoredWithoutIt() {
        for (String field : new String[] {"transcript", "reference_language"}) {
            given().multiPart("input", "Hello").multiPart(field, "en").post("/v1/audio/speech").then().statusCode(400)
                    .body("error.param", equalTo("reference")).body("error.code", equalTo("missing_field"));
            given().multiPart("input", "Hello").multiPart(field, " ").post("/v1/audio/speech").then().statusCode(200); // an empty field of a page
        }
        given().multiPart("input", "Hello").multiPart("auxiliary_reference", "a.wav", RECORDING, "audio/wav").post("/v1/audio/speech").then().statusCode(400)
                .body("error.param", equalTo("reference")).body("error.code", equalTo("missing_field"));
        given().multiPart("input", "Hello").multiPart("referense", "a.wav", RECORDING, "audio/wav").post("/v1/audio/speech").then().statusCode(400)
                .body("error.param", equalTo("referense")).body("error.code", equalTo("unknown_field"));
    }
}
