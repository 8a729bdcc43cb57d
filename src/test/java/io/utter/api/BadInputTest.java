package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import io.utter.fake.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class BadInputTest {
    private static final String SPEECH = "/v1/audio/speech";
    private static final int BODY_LIMIT = 262_144;
    private static final int RECORDING_LIMIT = 10 << 20;

    @TestHTTPResource
    URI server;

    @AfterEach
    void theNextRequestIsFine() {
        given().contentType("application/json").body("{\"input\":\"Hello\"}").post(SPEECH).then().statusCode(200);
    }

    @Test
    void aBodyOfNoTypeIsTakenForJson() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send("POST /v1/audio/speech HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
            assertEquals(400, http.readHead().status());
        }
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send("POST /v1/audio/voices HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n");
            assertEquals(403, http.readHead().status());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # body                                            | status | param             | code
            ``                                                | 400    | body              | invalid_json
            not json                                          | 400    | body              | invalid_json
            {                                                 | 400    | body              | invalid_json
            {"input":"a"                                      | 400    | body              | invalid_json
            {"input":"a",}                                    | 400    | body              | invalid_json
            {"input":"a"} {}                                  | 400    | body              | invalid_json
            {"input":"a"}x                                    | 400    | body              | invalid_json
            {'input':'a'}                                     | 400    | body              | invalid_json
            {"input":"a",/* */"speed":1}                      | 400    | body              | invalid_json
            []                                                | 400    | body              | invalid_json
            "input"                                           | 400    | body              | invalid_json
            null                                              | 400    | body              | invalid_json
            3                                                 | 400    | body              | invalid_json
            {}                                                | 400    | input             | missing_field
            {"voice":"ada"}                                   | 400    | input             | missing_field
            {"input":null}                                    | 400    | input             | wrong_type
            {"input":3}                                       | 400    | input             | wrong_type
            {"input":["a"]}                                   | 400    | input             | wrong_type
            {"input":{"a":1}}                                 | 400    | input             | wrong_type
            {"input":""}                                      | 400    | input             | empty_input
            {"input":" \\t\\n\\u2003"}                        | 400    | input             | empty_input
            {"input":"a\\ud800"}                              | 400    | input             | invalid_text
            {"input":"\\udc00\\ud800"}                        | 400    | input             | invalid_text
            {"input":"a","input":"b"}                         | 400    | input             | duplicate_field
            {"input":"a","inptu":"b"}                         | 400    | inptu             | unknown_field
            {"input":"a","INPUT":"b"}                         | 400    | INPUT             | unknown_field
            {"input":"a","x":[[[[[[[[[[[[]]]]]]]]]]]]}        | 400    | x                 | unknown_field
            {"input":"a","model":null}                        | 400    | model             | wrong_type
            {"input":"a","model":"nope"}                      | 404    | model             | model_not_found
            {"input":"a","model":"../../etc/passwd"}          | 404    | model             | model_not_found
            {"input":"a","model":"tts-1-evil"}                | 404    | model             | model_not_found
            {"input":"a","voice":"nope"}                      | 404    | voice             | voice_not_found
            {"input":"a","voice":1}                           | 400    | voice             | wrong_type
            {"input":"a","voice":{}}                          | 400    | voice.id          | missing_field
            {"input":"a","voice":{"id":1}}                    | 400    | voice.id          | wrong_type
            {"input":"a","voice":{"id":"ada","name":"x"}}     | 400    | voice.name        | unknown_field
            {"input":"a","voice":{"id":"ada","id":"bob"}}     | 400    | voice.id          | duplicate_field
            {"input":"a","response_format":"vorbis"}          | 400    | response_format   | unsupported_format
            {"input":"a","response_format":"WAV"}             | 400    | response_format   | unsupported_format
            {"input":"a","response_format":1}                 | 400    | response_format   | wrong_type
            {"input":"a","stream_format":"SSE"}               | 400    | stream_format     | unsupported_format
            {"input":"a","stream_format":1}                   | 400    | stream_format     | wrong_type
            {"input":"a","stream":"true"}                     | 400    | stream            | wrong_type
            {"input":"a","instructions":1}                    | 400    | instructions      | wrong_type
            {"input":"a","sample_rate":"24000"}               | 400    | sample_rate       | wrong_type
            {"input":"a","sample_rate":0}                     | 400    | sample_rate       | out_of_range
            {"input":"a","sample_rate":7999,"response_format":"pcm"}   | 400 | sample_rate | out_of_range
            {"input":"a","sample_rate":48001,"response_format":"flac"} | 400 | sample_rate | out_of_range
            {"input":"a","sample_rate":44100,"response_format":"opus"} | 400 | sample_rate | out_of_range
            {"sample_rate":31999,"input":"a"}                 | 400    | sample_rate       | out_of_range
            {"input":"a","speed":"1"}                         | 400    | speed             | wrong_type
            {"input":"a","speed":true}                        | 400    | speed             | wrong_type
            {"input":"a","voice":{"id":null}}                 | 400    | voice.id          | wrong_type
            {"input":"a","speed":NaN}                         | 400    | body              | invalid_json
            {"input":"a","speed":Infinity}                    | 400    | body              | invalid_json
            {"input":"a","speed":1e999}                       | 400    | speed             | out_of_range
            {"input":"a","speed":0.2499}                      | 400    | speed             | out_of_range
            {"input":"a","speed":4.0001}                      | 400    | speed             | out_of_range
            {"input":"a","speed":-1}                          | 400    | speed             | out_of_range
            {"input":"a","seed":1.5}                          | 400    | seed              | wrong_type
            {"input":"a","seed":1e3}                          | 400    | seed              | wrong_type
            {"input":"a","seed":"1"}                          | 400    | seed              | wrong_type
            {"input":"a","seed":9223372036854775808}          | 400    | seed              | out_of_range
            {"input":"a","top_k":0}                           | 400    | top_k             | out_of_range
            {"input":"a","top_k":1026}                        | 400    | top_k             | out_of_range
            {"input":"a","top_k":5.0}                         | 400    | top_k             | wrong_type
            {"input":"a","top_k":4294967297}                  | 400    | top_k             | out_of_range
            {"input":"a","top_p":0}                           | 400    | top_p             | out_of_range
            {"input":"a","top_p":1.01}                        | 400    | top_p             | out_of_range
            {"input":"a","temperature":-0.1}                  | 400    | temperature       | out_of_range
            {"input":"a","temperature":2.1}                   | 400    | temperature       | out_of_range
            {"input":"a","repetition_penalty":0.9}            | 400    | repetition_penalty | out_of_range
            {"input":"a","repetition_penalty":2.1}            | 400    | repetition_penalty | out_of_range
            {"input":"a","language":1}                        | 400    | language          | wrong_type
            """)
    void isRefusedWithTheFieldNamed(String body, int status, String param, String code) {
        given().contentType("application/json").body(body == null ? "" : body).post(SPEECH).then().statusCode(status)
                .contentType("application/json").header("X-Request-Id", not(emptyOrNullString()))
                .body("error.code", equalTo(code)).body("error.param", equalTo(param))
                .body("error.type", equalTo("invalid_request_error")).body("error.message", not(emptyOrNullString()));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] body = "{\"input\":\"aXb\"}".getBytes(StandardCharsets.US_ASCII);
        for (byte wrong : new byte[] {(byte) 0xFF, (byte) 0xC0, (byte) 0xED}) {
            body[11] = wrong;
            given().contentType("application/json").body(body).post(SPEECH).then().statusCode(400).body("error.param", equalTo("body"));
        }
    }

    @Test
    void textIsBoundedInCodePoints() {
        String longest = "🎉".repeat(4096);
        given().contentType("application/json; charset=utf-8").body("{\"input\":\"" + longest + "\"}").post(SPEECH).then().statusCode(200);
        given().contentType("application/json; charset=utf-8").body("{\"input\":\"" + longest + "a\"}").post(SPEECH).then().statusCode(400)
                .body("error.param", equalTo("input")).body("error.code", equalTo("input_too_long"));
    }

    @Test
    void aNumberOfManyDigitsIsRefusedAtOnce() {
        given().contentType("application/json").body("{\"input\":\"a\",\"seed\":" + "9".repeat(200_000) + "}").post(SPEECH).then().statusCode(400);
    }

    @Test
    void deepNestingIsRefusedAtOnce() throws Exception {
        try (RawHttp http = RawHttp.speak(server.getPort(), "{\"input\":" + "[".repeat(200_000))) { // REST Assured would nest with it
            assertEquals(400, http.readHead().status());
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedWithAProblem() throws Exception {
        // one with a recording in it may be larger
        given().contentType("application/json").body("{\"input\":\"" + "a".repeat(BODY_LIMIT) + "\"}").post(SPEECH).then().statusCode(400)
                .body("error.code", equalTo("input_too_long"));
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send("POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: "
                    + (BODY_LIMIT + RECORDING_LIMIT * 4 / 3 + 1) + "\r\n\r\n");
            assertEquals(413, http.readHead().status());
            assertEquals("close", http.headers().get("connection").toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void aBodyWithoutEndIsRefusedWhenItPassesTheLimit() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send("POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int sent = 0; sent <= BODY_LIMIT; sent += 4096) {
                http.send("1000\r\n" + "[".repeat(4096) + "\r\n");
            }
            assertEquals(413, http.readHead().status());
        }
    }

    @Test
    void aBodyThatIsAnnouncedAsHugeIsRefusedBeforeItIsSent() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            http.send("POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n");
            assertEquals(413, http.readHead().status());
        }
    }

    @Test
    void aClientThatSendsHalfABodyAndLeavesIsForgotten() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
                http.send("POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"input\"");
            }
        }
    }

    @Test
    void whatIsNotHttpIsAnsweredAndForgotten() throws Exception {
        for (String garbage : new String[] {"\r\n\r\n", "GET\r\n\r\n", "POST / HTTP/9.9\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n",
            "POST " + SPEECH + " HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "GET / HTTP/1.1\r\nHost: t\r\nX: " + "a".repeat(100_000) + "\r\n\r\n"}) {
            try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
                http.send(garbage);
                http.finishSending();
                String answer = http.rest();
                assertTrue(answer.isEmpty() || answer.startsWith("HTTP/"), answer);
            }
        }
    }

    @Test
    void otherMediaTypesAreNotTaken() throws Exception {
        for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"}) {
            try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
                http.send("POST " + SPEECH + " HTTP/1.1\r\nHost: test\r\nContent-Type: " + type + "\r\nContent-Length: 13\r\n\r\n{\"input\":\"a\"}");
                assertEquals(415, http.readHead().status(), type);
            }
        }
    }

    @Test
    void otherMethodsAreNotTaken() {
        given().get(SPEECH).then().statusCode(405).body("error.code", equalTo("method_not_allowed"));
        given().delete("/v1/models").then().statusCode(405).body("error.code", equalTo("method_not_allowed"));
    }

    @Test
    void unknownPathsAreProblemsToo() {
        given().get("/v1/nothing").then().statusCode(404).contentType("application/json").body("error.code", equalTo("unknown_path"));
        given().get("/nothing").then().statusCode(404).contentType("application/json").body("error.code", equalTo("unknown_path"));
        given().get("/v1/models/nope").then().statusCode(404).body("error.code", equalTo("model_not_found")).body("error.param", equalTo("model"));
    }
}
