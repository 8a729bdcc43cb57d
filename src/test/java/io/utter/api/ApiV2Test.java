package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.utter.audio.Recording;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import io.utter.speech.Phrasing;
import io.utter.speech.Reference;
import io.utter.speech.SpeechRequest;
import io.utter.text.CutMethod;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Clients of GPT-SoVITS's {@code api_v2.py}. */
@QuarkusTest
@TestProfile(ApiV2Test.WithApiV2.class)
class ApiV2Test {
    private static final byte[] CLIP = {1, 2, 3};
    private static final Path FOLDER = folder();
    private static final int SAMPLES = 3_000;

    /** The group is there, and recordings are in a folder. */
    public static class WithApiV2 extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.api-v2.enabled", "true");
            overrides.put("utter.api-v2.reference-folder", FOLDER.resolve("clips").toString());
            return overrides;
        }
    }

    private static Path folder() {
        try {
            Path folder = Path.of("target/api-v2-test").toAbsolutePath(); // this class is loaded twice, and its profile has to mean the same folder
            Files.createDirectories(folder.resolve("clips/deep"));
            Files.write(folder.resolve("clips/a.wav"), CLIP);
            Files.write(folder.resolve("clips/deep/b.wav"), CLIP);
            Files.write(folder.resolve("secret.wav"), CLIP);
            Files.deleteIfExists(folder.resolve("clips/link.wav"));
            Files.createSymbolicLink(folder.resolve("clips/link.wav"), folder.resolve("secret.wav"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    private static RequestSpecification asked() {
        return given().queryParam("text", "Hello. There.").queryParam("text_lang", "EN").queryParam("ref_audio_path", "ada").queryParam("prompt_lang", "en");
    }

    private static String json(String more) {
        return "{\"text\":\"Hello. There.\",\"text_lang\":\"en\",\"ref_audio_path\":\"a.wav\",\"prompt_lang\":\"en\"" + more + "}";
    }

    private static RequestSpecification body(String json) {
        return given().contentType("application/json").body(json);
    }

    @Test
    void withoutStreamingTheAnswerIsAWholeFile() {
        byte[] file = asked().get("/tts").then().statusCode(200).header("Content-Type", "audio/wav").extract().asByteArray();
        assertEquals(44 + 2 * SAMPLES, file.length);
        assertEquals(SAMPLES, Recording.read(file, 1).samples().length);
        assertArrayEquals(HexFormat.of().parseHex("94170000"), Arrays.copyOfRange(file, 4, 8), "36 + 6000 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "true", "True"})
    void withStreamingItBeginsWithUpstreamsHeader(String mode) {
        byte[] file = asked().queryParam("streaming_mode", mode).get("/tts").then().statusCode(200).extract().asByteArray();
        assertEquals("524946462400000057415645666d74201000000001000100007d000000fa0000020010006461746100000000",
                HexFormat.of().formatHex(file, 0, 44));
        assertEquals(44 + 2 * SAMPLES, file.length);
    }

    @Test
    void chunksAreSentAsTheyAreMade() throws Exception {
        service.next(Script.ofChunks(2));
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.post("/tts", json(",\"streaming_mode\":true,\"media_type\":\"raw\""));
            assertEquals(200, http.readHead().status());
            assertEquals("audio/raw", http.headers().get("content-type"));
            assertEquals(2000, http.chunk().length);
            assertEquals(2000, http.chunk().length);
        }
    }

    @Test
    void otherFormatsAreFiles() {
        byte[] ogg = asked().queryParam("media_type", "ogg").get("/tts").then().statusCode(200).header("Content-Type", "audio/ogg").extract().asByteArray();
        assertEquals(SAMPLES * 48_000 / 32_000, Recording.read(ogg, 1).samples().length);
        byte[] raw = asked().queryParam("media_type", "raw").get("/tts").then().header("Content-Type", "audio/raw").extract().asByteArray();
        assertEquals(2 * SAMPLES, raw.length);
    }

    @Test
    void everyFieldIsHeeded() throws InterruptedException {
        body(json("""
                ,"aux_ref_audio_paths":["deep/b.wav"],"prompt_text":"What it says.","top_k":"7","top_p":0.9,"temperature":0.8,"text_split_method":"cut3",
                "batch_size":4,"batch_threshold":0.75,"split_bucket":true,"speed_factor":1.25,"fragment_interval":0.5,"seed":42,"parallel_infer":1,
                "repetition_penalty":1.5,"sample_steps":32,"super_sampling":false,"overlap_length":2,"min_chunk_length":16,"unheard_of":[1]""")).post("/tts")
                .then().statusCode(200).header("X-Seed", "42");
        assertEquals(new SpeechRequest("hum", "default", "Hello. There.", Optional.of("en"), 1.25, OptionalLong.of(42), OptionalInt.of(7), OptionalDouble.of(0.9),
                OptionalDouble.of(0.8), OptionalDouble.of(1.5), Optional.of(new Reference(CLIP, List.of(CLIP), Optional.of("What it says."), Optional.of("en"))),
                new Phrasing(Optional.of(CutMethod.CUT3), OptionalDouble.of(0.5), true)), service.request());
    }

    @Test
    void whatIsLeftOutIsAsUpstreamHasIt() throws InterruptedException {
        asked().queryParam("seed", -1).queryParam("fragment_interval", 0).get("/tts").then().statusCode(200);
        assertEquals(new SpeechRequest("hum", "ada", "Hello. There.", Optional.of("en"), 1, OptionalLong.empty(), OptionalInt.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), new Phrasing(Optional.of(CutMethod.CUT5), OptionalDouble.of(0.01), true)),
                service.request());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                                           | ref_audio_path is required
            {"ref_audio_path":""}                                                                        | ref_audio_path is required
            {"ref_audio_path":"ada"}                                                                     | text is required
            {"ref_audio_path":"ada","text":"a"}                                                          | text_lang is required
            {"ref_audio_path":"ada","text":"a","text_lang":"xx"}                                         | text_lang: xx is not supported in version v2
            {"ref_audio_path":"ada","text":"a","text_lang":"en"}                                         | prompt_lang is required
            {"ref_audio_path":"ada","text":"a","text_lang":"en","prompt_lang":"Q"}                       | prompt_lang: Q is not supported in version v2
            {"ref_audio_path":"ada","text":"a","text_lang":"en","prompt_lang":"en","media_type":"mp3"}   | media_type: mp3 is not supported
            {"ref_audio_path":"ada","text":"a","text_lang":"en","prompt_lang":"en","text_split_method":"cut9"} | text_split_method:cut9 is not supported
            {"streaming_mode":4} | the value of streaming_mode must be 0, 1, 2, 3(int) or true/false(bool)
            """)
    void whatIsMissingOrUnknownIsToldInUpstreamsWordsAndOrder(String json, String message) {
        body(json).post("/tts").then().statusCode(400).contentType("application/json").body("message", equalTo(message)).body("Exception", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"top_k, 1.5", "top_k, x", "speed_factor, fast", "batch_size, many", "parallel_infer, maybe", "seed, 1e"})
    void whatHasTheWrongTypeIsUnprocessable(String field, String value) {
        asked().queryParam(field, value).get("/tts").then().statusCode(422).body("detail[0].loc", equalTo(List.of("body", field)));
    }

    @Test
    void aBodyThatIsNoObjectIsUnprocessable() {
        for (String json : new String[] {"", "[]", "{", "\"a\"", "{\"text\":1}"}) {
            body(json).post("/tts").then().statusCode(422).body("detail[0].msg", org.hamcrest.Matchers.notNullValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.wav", "link.wav", "/etc/passwd", "deep", "nope.wav", "deep/../../secret.wav", "a.wav\u0000", "http://localhost/a.wav",
        "file:///etc/passwd", "~/a.wav"})
    void noPathLeadsOutOfTheFolder(String path) {
        given().queryParam("text", "a").queryParam("text_lang", "en").queryParam("prompt_lang", "en").queryParam("ref_audio_path", path).get("/tts").then()
                .statusCode(400).body("message", equalTo("tts failed")).body("Exception", equalTo(path + " not exists"));
        body(json(",\"aux_ref_audio_paths\":[\"" + path.replace("\u0000", "\\u0000") + "\"]")).post("/tts").then().statusCode(400)
                .body("Exception", equalTo(path + " not exists"));
    }

    @Test
    void aPathInsideTheFolderMayBeWhole() {
        for (String path : new String[] {FOLDER.resolve("clips/a.wav").toString(), "./a.wav", "deep/b.wav", "deep/../a.wav"}) {
            given().queryParam("text", "a").queryParam("text_lang", "en").queryParam("prompt_lang", "en").queryParam("ref_audio_path", path).get("/tts").then()
                    .statusCode(200);
        }
    }

    @Test
    void whatCannotBeSaidIsAnErrorAndNoSilence() {
        asked().queryParam("speed_factor", 9).get("/tts").then().statusCode(400).body("message", equalTo("tts failed"))
                .body("Exception", containsString("speed"));
        service.next(Script.ofChunks(1).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        asked().get("/tts").then().statusCode(500).body("message", equalTo("It broke."));
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Unavailable("overloaded", "Later.", Duration.ofSeconds(3))));
        asked().get("/tts").then().statusCode(503).header("Retry-After", "3").body("message", equalTo("Later."));
        given().delete("/tts").then().statusCode(405).body("message", org.hamcrest.Matchers.notNullValue());
    }

    @Test
    void nothingIsChangedForAllUnlessTheOperatorLetsIt() {
        given().queryParam("weights_path", "hum").get("/set_gpt_weights").then().statusCode(403);
        given().queryParam("weights_path", "hum").get("/set_sovits_weights").then().statusCode(403);
        given().queryParam("refer_audio_path", "bob").get("/set_refer_audio").then().statusCode(403).body("message", containsString("UTTER_API_V2_SWITCHING"));
    }

    @Test
    void nobodyStopsTheServer() {
        given().queryParam("command", "exit").get("/control").then().statusCode(403);
        given().queryParam("command", "restart").get("/control").then().statusCode(403);
        given().get("/control").then().statusCode(400).body("message", equalTo("command is required"));
        asked().get("/tts").then().statusCode(200);
    }
}
