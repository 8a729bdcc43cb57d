package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Values of wrong types are refused as FastAPI refuses them, and no others; src/test/resources/golden/api-v2 has what it says. */
@QuarkusTest
@TestProfile(ApiV2Test.WithApiV2.class)
class ApiV2SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path GOLDEN = Path.of("src/test/resources/golden/api-v2/schema.jsonl");
    private static final int WRONG_TYPE = 422;

    private final HttpClient client = HttpClient.newHttpClient();

    @TestHTTPResource("/tts")
    URI tts;

    private HttpResponse<String> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> asked(String query) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(tts + "?" + query)));
    }

    private HttpResponse<String> posted(byte[] body) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(tts).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @Test
    void everyValueIsTakenOrRefusedAsFastApiDoes() throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(GOLDEN);
        assertFalse(lines.isEmpty());
        for (String line : lines) {
            JsonNode known = JSON.readTree(line);
            String given = known.get("given").asText();
            HttpResponse<String> answer = known.get("method").asText().equals("GET") ? asked(given) : posted(given.getBytes(StandardCharsets.UTF_8));
            if (known.get("detail").isNull()) {
                assertNotEquals(WRONG_TYPE, answer.statusCode(), line);
            } else {
                assertEquals(WRONG_TYPE, answer.statusCode(), line);
                assertEquals(known.get("detail"), JSON.readTree(answer.body()).get("detail"), line);
            }
        }
    }

    /** Where exactly, and why, is in the words of another parser than upstream's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {                      | 1 | 1
            {"text":x}             | 8 | 9
            {} {}                  | 2 | 4
            {"text":"ÿ"}           | 0 | 9
            [[[[[[[[[1]]]]]]]]]    | 0 | 9
            """)
    void whatIsNoJsonIsSaidToBeNone(String body, int least, int most) throws IOException, InterruptedException {
        HttpResponse<String> answer = posted(body.getBytes(StandardCharsets.ISO_8859_1)); // in which ÿ is no UTF-8
        assertEquals(WRONG_TYPE, answer.statusCode());
        JsonNode detail = JSON.readTree(answer.body()).at("/detail/0");
        assertEquals("json_invalid", detail.get("type").asText());
        assertEquals("JSON decode error", detail.get("msg").asText());
        assertEquals("body", detail.at("/loc/0").asText());
        assertTrue(detail.at("/loc/1").isInt() && detail.at("/loc/1").asInt() >= least && detail.at("/loc/1").asInt() <= most, detail.toString());
        assertEquals(JSON.createObjectNode(), detail.get("input"));
        assertFalse(detail.at("/ctx/error").asText().isEmpty(), detail.toString());
    }
}
