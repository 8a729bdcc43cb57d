package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.utter.audio.Recording;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.FakeStream;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Clients of GPT-SoVITS's {@code api_v2.py}. */
@QuarkusTest
@TestProfile(ApiV2Test.WithApiV2.class)
class ApiV2Test {
    private static final byte[] CLIP = {1, 2, 3};
    private static final Path FOLDER = folder();
    private static final int SAMPLES = 3_000;
    /** More than sockets hold for a reader that takes nothing. */
    private static final int BUFFER_BYTES = 16_000_000;
    private static final int LONG_CHUNK = 40_000;
    private static final int LONG_CHUNKS = BUFFER_BYTES / 2 / LONG_CHUNK;

    /** The group is there, and recordings are in a folder. */
    public static class WithApiV2 extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.api-v2.enabled", "true");
            overrides.put("utter.api-v2.reference-folder", FOLDER.resolve("clips").toString());
            overrides.put("utter.api-v2.buffer-bytes", Integer.toString(BUFFER_BYTES));
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
        byte[] file = asked().get("/tts").then().statusCode(200).header("Content-Type", "audio/wav")
                .header("Content-Length", Integer.toString(44 + 2 * SAMPLES)).header("Transfer-Encoding", nullValue()).header("Trailer", nullValue())
                .header("X-Audio-Complete", "true").header("X-Audio-Samples", Integer.toString(SAMPLES)).header("X-Decode-Time", "4")
                .header("X-Acoustic-Time", "5").header("X-Real-Time-Factor", notNullValue()).header("X-Queue-Time", notNullValue())
                .extract().asByteArray();
        assertEquals(44 + 2 * SAMPLES, file.length);
        assertEquals(SAMPLES, Recording.read(file, 1).samples().length);
        assertArrayEquals(HexFormat.of().parseHex("94170000"), Arrays.copyOfRange(file, 4, 8), "36 + 6000 bytes");
    }

    @Test
    void aConnectionGoesOnAfterAWholeFile() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            for (int i = 0; i < 2; i++) {
                http.post("/tts", json(",\"media_type\":\"raw\""));
                assertEquals(200, http.readHead().status());
                assertEquals(2 * SAMPLES, http.bytes(Integer.parseInt(http.headers().get("content-length"))).length);
            }
        }
    }

    @Test
    void whatIsLongerThanIsKeptIsRefusedAndMayBeStreamed() throws Exception {
        service.next(Script.ofChunks(LONG_CHUNKS + 1).withChunksOf(LONG_CHUNK));
        asked().get("/tts").then().statusCode(400).body("message", equalTo("tts failed"))
                .body("Exception", containsString(" " + BUFFER_BYTES + " bytes"));
        service.stream().cancelled().get(10, TimeUnit.SECONDS);
        service.next(Script.ofChunks(LONG_CHUNKS + 1).withChunksOf(LONG_CHUNK));
        byte[] file = asked().queryParam("streaming_mode", 1).get("/tts").then().statusCode(200).extract().asByteArray();
        assertEquals(44 + BUFFER_BYTES + 2 * LONG_CHUNK, file.length);
    }

    @Test
    void whatIsSentIsNotKept() {
        for (int i = 0; i < 3; i++) {
            assertEquals(200, longest());
        }
    }

    /** As much as is kept; the status. */
    private int longest() {
        service.next(Script.ofChunks(LONG_CHUNKS).withChunksOf(LONG_CHUNK));
        return asked().get("/tts").statusCode();
    }

    @Test
    void whatNobodyTakesIsNotKeptForEver() throws Exception {
        service.next(Script.ofChunks(LONG_CHUNKS).withChunksOf(LONG_CHUNK));
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 12)) {
            http.send("GET /tts?text=a&text_lang=en&ref_audio_path=ada&prompt_lang=en HTTP/1.1\r\nHost: test\r\nX-Request-Timeout: 5s\r\n\r\n");
            assertEquals(200, http.readHead().status());
            assertEquals(503, longest(), "there is no room beside it");
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            int status = 503;
            while (status == 503 && System.nanoTime() < patience) {
                status = longest();
            }
            assertEquals(200, status);
            assertThrows(IOException.class, () -> http.bytes(BUFFER_BYTES));
        }
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotMade() throws Exception {
        service.next(Script.ofChunks(9).pausingAfter(1, new CountDownLatch(1)));
        FakeStream stream;
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.post("/tts", json(""));
            stream = service.stream();
        }
        stream.cancelled().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "true", "True", "yes", "2.0"})
    void withStreamingItBeginsWithUpstreamsHeader(String mode) {
        byte[] file = asked().queryParam("streaming_mode", mode).get("/tts").then().statusCode(200).header("Transfer-Encoding", "chunked")
                .header("Content-Length", nullValue()).header("X-Audio-Complete", nullValue()).extract().asByteArray();
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
                ,"aux_ref_audio_paths":["","deep/b.wav"],"prompt_text":"What it says.","top_k":"7","top_p":0.9,"temperature":0.8,
                "text_split_method":"cut3",
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
                OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(),
                new Phrasing(Optional.of(CutMethod.CUT5), OptionalDouble.of(0.01), true)), service.request());
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
            {"ref_audio_path":"ada","text":"a","text_lang":"en","prompt_lang":"en","text_split_method":""} | text_split_method: is not supported
            {"ref_audio_path":"ada","text":"a","text_lang":"en","prompt_lang":"en","media_type":""}      | media_type:  is not supported
            """)
    void whatIsMissingOrUnknownIsToldInUpstreamsWords(String json, String message) {
        body(json).post("/tts").then().statusCode(400).contentType("application/json").body("message", equalTo(message)).body("Exception", nullValue());
    }

    /** All is wrong; then one field after the other is mended. */
    @Test
    void fieldsAreCheckedInUpstreamsOrder() {
        Map<String, Object> fields = new HashMap<>(Map.of("text_lang", "XX", "prompt_lang", "", "media_type", "mp3", "text_split_method", "cut9",
                "streaming_mode", 4, "fragment_interval", 11, "seed", "1" + "0".repeat(19), "speed_factor", 9));
        List<Map.Entry<String, Object>> mended = List.of(Map.entry("ref_audio_path", "nobody"), Map.entry("text", "a"), Map.entry("text_lang", "en"),
                Map.entry("prompt_lang", "en"), Map.entry("media_type", "raw"), Map.entry("text_split_method", "CUT0"),
                Map.entry("text_split_method", "cut0"), Map.entry("streaming_mode", -1), Map.entry("streaming_mode", 0),
                Map.entry("ref_audio_path", "ada"), Map.entry("seed", -1), Map.entry("fragment_interval", 1), Map.entry("speed_factor", 1));
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, Object> field : mended) {
            JsonPath answer = given().contentType("application/json").body(fields).post("/tts").then().statusCode(400).extract().jsonPath();
            told.add(answer.get("Exception") == null ? answer.get("message") : answer.get("Exception"));
            fields.put(field.getKey(), field.getValue());
        }
        given().contentType("application/json").body(fields).post("/tts").then().statusCode(200);
        String modes = "the value of streaming_mode must be 0, 1, 2, 3(int) or true/false(bool)";
        assertEquals(List.of("ref_audio_path is required", "text is required", "text_lang: XX is not supported in version v2",
                "prompt_lang is required", "media_type: mp3 is not supported", "text_split_method:cut9 is not supported",
                "text_split_method:CUT0 is not supported", modes, modes, "nobody not exists", "seed is larger than 9223372036854775807",
                "fragment_interval is 11.0; at most 10 s can be given", "speed is 9.0; it must be from 0.25 to 4."), told);
    }

    @Test
    void inAQueryLanguagesAreToldInLowerCaseAsUpstreamTellsThem() {
        given().queryParam("ref_audio_path", "ada").queryParam("text", "a").queryParam("text_lang", "XX").get("/tts").then().statusCode(400)
                .body("message", equalTo("text_lang: xx is not supported in version v2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "inf"})
    void whatIsNoFiniteNumberIsOutOfRange(String value) {
        for (String field : new String[] {"fragment_interval", "speed_factor", "top_p", "temperature", "repetition_penalty"}) {
            asked().queryParam(field, value).get("/tts").then().statusCode(400).body("message", equalTo("tts failed"))
                    .body("Exception", containsString(field.replace("_factor", "")));
        }
    }

    /** More of that in {@link ApiV2SchemaTest}. */
    @Test
    void typesAreCheckedFirstAndAllThatAreWrongAreTold() {
        given().queryParam("top_k", "x").queryParam("seed", "1e").queryParam("text_lang", "xx").get("/tts").then().statusCode(422)
                .body("detail.loc", equalTo(List.of(List.of("query", "top_k"), List.of("query", "seed"))));
        body("{\"text\":1,\"top_k\":1.5,\"seed\":\"1e\"}").post("/tts").then().statusCode(422)
                .body("detail.type", equalTo(List.of("string_type", "int_from_float", "int_parsing")))
                .body("detail.loc", equalTo(List.of(List.of("body", "text"), List.of("body", "top_k"), List.of("body", "seed"))))
                .body("detail.input", equalTo(List.of(1, 1.5f, "1e"))).body("detail[0].keySet()", equalTo(Set.of("type", "loc", "msg", "input")));
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
        for (String type : new String[] {"wav", "ogg"}) {
            service.next(Script.ofChunks(40).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
            asked().queryParam("media_type", type).get("/tts").then().statusCode(500).contentType("application/json")
                    .header("X-Audio-Complete", nullValue()).body("message", equalTo("It broke."));
        }
        service.next(Script.ofChunks(2).thenFailing(new UtterException.TimedOut("Too late.")));
        asked().get("/tts").then().statusCode(504).body("message", equalTo("Too late."));
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Unavailable("overloaded", "Later.", Duration.ofSeconds(3))));
        asked().get("/tts").then().statusCode(503).header("Retry-After", "3").body("message", equalTo("Later."));
        given().delete("/tts").then().statusCode(405).body("message", notNullValue());
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
