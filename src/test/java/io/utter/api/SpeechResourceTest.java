package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.utter.audio.Recording;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import io.utter.speech.SpeechRequest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class SpeechResourceTest {
    private static final String SPEECH = "/v1/audio/speech";

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @Test
    void theAnswerIsWavThatSaysWhatItIs() {
        byte[] audio = given().contentType("application/json").header("X-Request-Id", "abc-1").body("{\"input\":\"Hello\",\"seed\":11,\"response_format\":\"wav\"}")
                .post(SPEECH).then().statusCode(200)
                .header("Content-Type", "audio/wav").header("X-Sample-Rate", "32000").header("X-Seed", "11")
                .header("X-Request-Id", "abc-1")
                .header("Trailer", "X-Audio-Complete, X-Audio-Samples, X-Decode-Time, X-Acoustic-Time, X-Real-Time-Factor")
                .header("Transfer-Encoding", "chunked").header("Content-Length", nullValue())
                .extract().asByteArray();
        assertEquals(44 + 3 * 1000 * 2, audio.length);
        assertEquals("RIFF", new String(audio, 0, 4));
    }

    @Test
    void anEventIsAnsweredWithAnEvent() {
        given().contentType("application/json").header("ce-specversion", "1.0").header("ce-id", "7f3").header("ce-source", "/orders")
                .header("ce-type", "dev.utter.speech.request").body("{\"input\":\"Hello\"}")
                .post(SPEECH).then().statusCode(200).header("Content-Type", "audio/mpeg").header("ce-specversion", "1.0")
                .header("ce-id", "7f3.speech").header("ce-type", "dev.utter.speech.audio").header("ce-source", "/v1/audio/speech")
                .header("ce-requestid", "7f3");
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().header("ce-id", nullValue());
    }

    @Test
    void pcmIsTheSameAudioWithoutTheHeader() {
        byte[] wav = speak("{\"input\":\"Hello\",\"response_format\":\"wav\"}");
        byte[] pcm = speak("{\"input\":\"Hello\",\"response_format\":\"pcm\",\"sample_rate\":32000}");
        assertArrayEquals(Arrays.copyOfRange(wav, 44, wav.length), pcm);
    }

    @Test
    void pcmHas24000SamplesASecondAsOpenAisDoes() {
        byte[] pcm = given().contentType("application/json").body("{\"input\":\"Hello\",\"response_format\":\"pcm\"}").post(SPEECH).then()
                .statusCode(200).header("Content-Type", "audio/pcm").header("X-Sample-Rate", "24000").extract().asByteArray();
        assertEquals(3000 * 24 / 32 * 2, pcm.length);
    }

    @ParameterizedTest
    @CsvSource({"mp3, audio/mpeg, 32000", "opus, audio/opus, 48000", "flac, audio/flac, 32000", "wav, audio/wav, 32000"})
    void encodedSpeechIsWhole(String format, String type, int rate) {
        byte[] file = given().contentType("application/json").body("{\"input\":\"Hello\",\"response_format\":\"" + format + "\"}").post(SPEECH).then()
                .statusCode(200).header("Content-Type", type).header("X-Sample-Rate", Integer.toString(rate)).extract().asByteArray();
        float[] samples = Recording.read(file, 10).samples();
        int frame = format.equals("mp3") ? 1152 : 0;
        int expected = 3000 * (rate / 8000) / 4;
        assertTrue(samples.length >= expected && samples.length <= expected + 3 * frame, format + ": " + samples.length);
    }

    @Test
    void eventsHoldTheSameBytesAndEndWithWhatWasUsed() {
        byte[] wav = speak("{\"input\":\"Hello\",\"response_format\":\"flac\"}");
        String events = given().contentType("application/json").body("{\"input\":\"Hello\",\"response_format\":\"flac\",\"stream_format\":\"sse\"}")
                .post(SPEECH).then().statusCode(200).header("Content-Type", "text/event-stream").extract().asString();
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        String[] all = events.split("\n\n");
        for (int i = 0; i < all.length - 1; i++) {
            JsonPath event = JsonPath.from(all[i].replaceFirst("^data: ", ""));
            assertEquals("speech.audio.delta", event.getString("type"));
            audio.writeBytes(Base64.getDecoder().decode(event.getString("audio")));
        }
        assertArrayEquals(wav, audio.toByteArray());
        assertEquals("data: {\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":10,\"output_tokens\":25,\"total_tokens\":35}}", all[all.length - 1]);
    }

    @Test
    void anEventTellsOfAFailureMidstream() {
        service.next(Script.ofChunks(1).thenFailing(new UtterException.Failed("broken", "It \"broke\".", null)));
        String[] events = given().contentType("application/json").body("{\"input\":\"Hello\",\"response_format\":\"pcm\",\"stream_format\":\"sse\"}")
                .post(SPEECH).then().statusCode(200).extract().asString().split("\n\n");
        assertEquals(2, events.length);
        assertEquals("data: {\"error\":{\"message\":\"It \\\"broke\\\".\",\"type\":\"server_error\",\"param\":null,\"code\":\"broken\"}}", events[1]);
    }

    @Test
    void aFailureBeforeTheFirstEventKeepsItsStatus() {
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        given().contentType("application/json").body("{\"input\":\"Hello\",\"stream_format\":\"sse\"}").post(SPEECH).then().statusCode(500)
                .header("Content-Type", "application/json").body("error.code", equalTo("broken"));
    }

    @Test
    void fieldsThatAClientLeavesNullAreLeftOut() throws InterruptedException {
        speak("{\"input\":\"Hello\",\"voice\":null,\"speed\":null,\"response_format\":null,\"instructions\":null,\"stream_format\":null}");
        assertEquals(SpeechRequest.of("Hello"), service.request());
    }

    @Test
    void everyFieldReachesTheService() throws InterruptedException {
        speak("""
                {"model":"hum","input":"Grüße, 世界 🎉","voice":"bob","response_format":"wav","speed":1.5,"language":"en","seed":-9223372036854775808,
                 "top_k":1025,"top_p":1,"temperature":0,"repetition_penalty":1.35,"sample_rate":16000,"stream_format":"audio","stream":true,"instructions":"Whisper."}""");
        assertEquals(new SpeechRequest("hum", "bob", "Grüße, 世界 🎉", Optional.of("en"), 1.5, OptionalLong.of(Long.MIN_VALUE),
                OptionalInt.of(1025), OptionalDouble.of(1), OptionalDouble.of(0), OptionalDouble.of(1.35), Optional.empty()), service.request());
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15", "tts-1-1106"})
    void openAisModelNamesMeanTheDefault(String model) throws InterruptedException {
        speak("{\"input\":\"Hello\",\"model\":\"" + model + "\"}");
        assertEquals("default", service.request().model());
    }

    @Test
    void voiceMayBeAnObjectWithAnId() throws InterruptedException {
        speak("{\"input\":\"Hello\",\"voice\":{\"id\":\"ada\"}}");
        assertEquals("ada", service.request().voice());
    }

    @Test
    void whateverAClientAcceptsItGetsAudio() {
        for (String accept : new String[] {"application/octet-stream", "audio/mpeg", "*/*", "application/json"}) {
            given().contentType("application/json").accept(accept).body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(200)
                    .header("Content-Type", "audio/mpeg");
        }
    }

    @Test
    void aRequestIdThatIsNotWellFormedIsReplaced() {
        given().contentType("application/json").header("X-Request-Id", "a b;c").body("{\"input\":\"Hello\"}").post(SPEECH).then()
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void aFailureBeforeTheFirstChunkKeepsItsStatus() {
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Unavailable("full", "All slots are taken.", Duration.ofMillis(2500))));
        given().contentType("application/json").header("X-Request-Id", "abc-2").body("{\"input\":\"Hello\"}").post(SPEECH).then()
                .statusCode(503).header("Retry-After", "3").header("X-Request-Id", "abc-2").header("Content-Type", "application/json")
                .header("Trailer", nullValue()).header("X-Queue-Time", nullValue())
                .body("error.type", equalTo("server_error")).body("error.code", equalTo("full")).body("error.param", nullValue())
                .body("error.message", equalTo("All slots are taken."));
    }

    @Test
    void anUnexpectedFailureTellsNothingOfTheInside() {
        service.next(Script.ofChunks(0).thenFailing(new IllegalStateException("/secret/path")));
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(500)
                .body("error.code", equalTo("internal_error"))
                .body("error.message", org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("secret")));
    }

    @Test
    void aStreamWithoutAudioIsAnError() {
        service.next(Script.ofChunks(0));
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(500)
                .body("error.code", equalTo("no_audio"));
    }

    private static byte[] speak(String body) {
        return given().contentType("application/json; charset=utf-8").body(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)).post(SPEECH).then().statusCode(200).extract().asByteArray();
    }
}
