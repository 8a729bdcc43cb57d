package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.utter.audio.WavHeader;
import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

@QuarkusTest
@TestProfile(ConsentsTest.WithConsents.class)
class ConsentsTest {
    private static final String CONSENTS = "/v1/audio/voice_consents";
    private static final byte[] RECORDING = WavHeader.file(new float[16_000], 16_000);
    private static final Path FOLDER = Path.of("target/consents-test").toAbsolutePath();

    /** Voices need consents. */
    public static class WithConsents extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.voices.uploads", "on");
            overrides.put("utter.voices.folder", FOLDER.toString());
            overrides.put("utter.voices.consent", "required");
            overrides.put("utter.voices.most", "4");
            overrides.put("utter.voices.recording-bytes", "40000");
            return overrides;
        }
    }

    @Inject
    FakeSpeechService service;

    @Inject
    Consents consents;

    @BeforeEach
    void forget() throws IOException {
        service.forget();
        if (Files.exists(FOLDER)) {
            try (Stream<Path> files = Files.walk(FOLDER)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String add(String name) {
        return given().multiPart("name", name).multiPart("language", "en-US").multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then()
                .statusCode(200).body("object", equalTo("audio.voice_consent")).body("name", equalTo(name)).body("language", equalTo("en-US"))
                .extract().path("id");
    }

    @Test
    void aConsentIsKeptShownRenamedAndDeleted() throws IOException {
        String id = add("Anna");
        assertArrayEquals(RECORDING, Files.readAllBytes(FOLDER.resolve(".consents").resolve(id).resolve("recording.audio")));
        given().get(CONSENTS + "/" + id).then().statusCode(200).body("name", equalTo("Anna"));
        given().contentType("application/json").body("{\"name\":\"Anne\"}").post(CONSENTS + "/" + id).then().statusCode(200).body("name", equalTo("Anne"));
        given().get(CONSENTS + "/" + id).then().body("name", equalTo("Anne"));
        given().delete(CONSENTS + "/" + id).then().statusCode(200).body("deleted", equalTo(true)).body("object", equalTo("audio.voice_consent"));
        given().get(CONSENTS + "/" + id).then().statusCode(404).body("error.code", equalTo("consent_not_found"));
        given().delete(CONSENTS + "/" + id).then().statusCode(404);
        assertFalse(Files.exists(FOLDER.resolve(".consents").resolve(id)));
    }

    @Test
    void theyAreListedPageByPage() {
        for (int i = 0; i < 4; i++) {
            add("Anna " + i);
        }
        List<String> seen = new ArrayList<>();
        JsonPath page = given().queryParam("limit", 3).get(CONSENTS).then().statusCode(200).extract().jsonPath();
        seen.addAll(page.getList("data.id"));
        assertTrue(page.getBoolean("has_more"));
        assertEquals(List.of(seen.getFirst(), seen.getLast()), List.of(page.getString("first_id"), page.getString("last_id")));
        page = given().queryParam("limit", 3).queryParam("after", seen.getLast()).get(CONSENTS).then().statusCode(200).extract().jsonPath();
        seen.addAll(page.getList("data.id"));
        assertFalse(page.getBoolean("has_more"));
        assertEquals(4, seen.stream().distinct().count());
        given().multiPart("name", "Five").multiPart("language", "en").multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then()
                .statusCode(400).body("error.code", equalTo("too_many_consents"));
    }

    @Test
    void aVoiceRestsOnItsConsent() {
        String id = add("Anna");
        given().multiPart("name", "Eve").multiPart("audio_sample", "a.wav", RECORDING, "audio/wav").post("/v1/audio/voices").then().statusCode(400)
                .body("error.code", equalTo("missing_field")).body("error.param", equalTo("consent"));
        given().multiPart("name", "Eve").multiPart("consent", "cons_1").multiPart("audio_sample", "a.wav", RECORDING, "audio/wav").post("/v1/audio/voices").then()
                .statusCode(400).body("error.code", equalTo("consent_not_found"));
        given().multiPart("name", "Eve").multiPart("consent", id).multiPart("audio_sample", "a.wav", RECORDING, "audio/wav").post("/v1/audio/voices").then()
                .statusCode(201).body("consent", equalTo(id)).body("type", equalTo("audio_sample"));
        given().delete(CONSENTS + "/" + id).then().statusCode(409).body("error.code", equalTo("consent_in_use"));
        given().delete("/v1/audio/voices/eve").then().statusCode(200).body("object", equalTo("audio.voice.deleted"));
        given().delete(CONSENTS + "/" + id).then().statusCode(200);
    }

    @Test
    void aConsentStaysWhileAVoiceIsMadeOfIt() {
        String id = add("Anna");
        consents.resting(Optional.of(id), () -> consents.resting(Optional.of(id), () -> id));
        consents.resting(Optional.of(id), () -> given().delete(CONSENTS + "/" + id).then().statusCode(409).body("error.code", equalTo("consent_in_use")));
        assertThrows(IllegalStateException.class, () -> consents.resting(Optional.of(id), () -> {
            throw new IllegalStateException("the voice cannot be made");
        }));
        given().delete(CONSENTS + "/" + id).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "en-US", "cmn-Hans-CN", "sl-rozaj-biske-1994", "en-US-u-ca-gregory", "x-ours"})
    void languagesAreTagsOfBcp47(String language) {
        given().multiPart("name", "A").multiPart("language", language).multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then()
                .statusCode(200).body("language", equalTo(language));
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "en_US", "en-a", "en-", "-en", "english!", "en-x-aaaaaaaa-bbbbbbbb-cccccccc-dddddddd-eeeeeeee-ffffffff-gggggggg"})
    void andNothingElseIs(String language) {
        given().multiPart("name", "A").multiPart("language", language).multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then()
                .statusCode(400).body("error.param", equalTo("language")).body("error.code", equalTo("unsupported_language"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cons_1", "..", "%2e%2e", "..%2f..%2fetc", "cons_ABCDEF0123456789ABCDEF0123456789", ".consents"})
    void whatIsNoIdFindsNothing(String id) {
        given().urlEncodingEnabled(false).get(CONSENTS + "/" + id).then().statusCode(org.hamcrest.Matchers.oneOf(404, 400));
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit, out_of_range", "limit=101, limit, out_of_range", "limit=x, limit, out_of_range", "after=cons_1, after, consent_not_found"})
    void pagesAreChecked(String query, String param, String code) {
        given().get(CONSENTS + "?" + query).then().statusCode(400).body("error.param", equalTo(param)).body("error.code", equalTo(code));
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        given().multiPart("language", "en").multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then().statusCode(400)
                .body("error.param", equalTo("name"));
        given().multiPart("name", "A").multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then().statusCode(400)
                .body("error.param", equalTo("language"));
        given().multiPart("name", "A").multiPart("language", "englisch!").multiPart("recording", "a.wav", RECORDING, "audio/wav").post(CONSENTS).then()
                .statusCode(400).body("error.param", equalTo("language"));
        given().multiPart("name", "A").multiPart("language", "en").post(CONSENTS).then().statusCode(400).body("error.param", equalTo("recording"));
        given().multiPart("name", "A").multiPart("language", "en").multiPart("recording", "a.wav", new byte[100], "audio/wav").post(CONSENTS).then()
                .statusCode(400).body("error.param", equalTo("recording"));
        given().multiPart("name", "A").multiPart("language", "en").multiPart("recording", "a.flac", silence(61), "audio/flac")
                .post(CONSENTS).then().statusCode(400).body("error.code", equalTo("audio_too_long"));
        given().multiPart("name", "A").multiPart("language", "en").multiPart("recording", "a.wav", WavHeader.file(new float[20_000], 16_000), "audio/wav")
                .post(CONSENTS).then().statusCode(400).body("error.param", equalTo("recording")).body("error.code", equalTo("recording_too_large"));
        given().contentType("application/json").body("{}").post(CONSENTS + "/" + add("A")).then().statusCode(400).body("error.code", equalTo("missing_field"));
    }

    /** Small, since test clients do not say how long their bodies are. */
    private static byte[] silence(int seconds) {
        try (StreamEncoder encoder = AudioFormat.FLAC.encoder(8_000, 8_000)) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(encoder.encode(new float[seconds * 8_000]));
            file.writeBytes(encoder.finish());
            return file.toByteArray();
        }
    }
}
