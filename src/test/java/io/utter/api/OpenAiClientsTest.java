package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * OpenAI's own SDKs, unmodified, against this server. Skipped where they are not installed: {@code src/test/clients/install} does that.
 */
@QuarkusTest
@TestProfile(OpenAiClientsTest.WithKeys.class)
class OpenAiClientsTest {
    private static final String KEY = "sk-0123456789abcdef";
    private static final String SINGLE = "sk-one-at-a-time-0123";
    private static final Path CLIENTS = Path.of("target/clients");
    private static final int PATIENCE_SECONDS = 60;

    /** Callers need keys, one of them may call once at a time, and nobody may add voices. */
    public static class WithKeys extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path file = Files.createTempFile("keys", ".txt");
                file.toFile().deleteOnExit();
                Files.writeString(file, "many " + KEY + "\nsingle " + SINGLE + " 1\n");
                Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
                overrides.put("utter.keys-file", file.toString());
                overrides.put("utter.voices.uploads", "off");
                return overrides;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The SDKs. */
    enum Sdk {
        PYTHON(CLIENTS.resolve("python/bin/python"), "openai_client.py"),
        NODE(CLIENTS.resolve("node_modules/openai"), "openai_client.mjs");

        private final Path installed;
        private final String script;

        Sdk(Path installed, String script) {
            this.installed = installed;
            this.script = script;
        }

        List<String> command(String... arguments) {
            List<String> command = new ArrayList<>(List.of(this == PYTHON ? installed.toString() : "node", "src/test/clients/" + script));
            Collections.addAll(command, arguments);
            return command;
        }
    }

    @TestHTTPResource("/v1")
    URI base;

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @ParameterizedTest
    @EnumSource
    void speechBecomesAFile(Sdk sdk) throws Exception {
        assertTrue(run(sdk, KEY, "to_file").getInt("bytes") > 400);
        assertEquals("Hello", service.request().input());
    }

    /** The second chunk is not made before the client has told of the first. */
    @ParameterizedTest
    @EnumSource
    void speechIsStreamed(Sdk sdk) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(6).withChunksOf(32_000).pausingAfter(1, gate));
        Process client = start(sdk, KEY, "streamed");
        assertEquals("heard", client.inputReader().readLine());
        gate.countDown();
        JsonPath found = JsonPath.from(client.inputReader().readLine());
        assertEquals("audio/pcm", found.getString("type"));
        assertEquals(6 * 24_000 * 2, found.getInt("bytes"));
    }

    @ParameterizedTest
    @EnumSource
    void speechIsAStreamOfEvents(Sdk sdk) throws Exception {
        List<String> types = run(sdk, KEY, "events").getList("types");
        assertEquals("speech.audio.done", types.getLast());
        assertTrue(types.size() > 1);
        assertEquals(List.of("speech.audio.delta"), types.subList(0, types.size() - 1).stream().distinct().toList());
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAmidTheEventsIsAnError(Sdk sdk) throws Exception {
        service.next(Script.ofChunks(2).withChunksOf(5_000).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        JsonPath found = run(sdk, KEY, "midstream_error");
        assertEquals("APIError", found.getString("error"));
        assertEquals("broken", found.getString("code"));
    }

    @ParameterizedTest
    @EnumSource
    void modelsAreListed(Sdk sdk) throws Exception {
        JsonPath found = run(sdk, KEY, "models");
        assertEquals(List.of("hum"), found.getList("ids"));
        assertEquals("hum", found.getString("one"));
    }

    @ParameterizedTest
    @CsvSource({
        "PYTHON, bad_speed, BadRequestError, 400, out_of_range, speed", "NODE, bad_speed, BadRequestError, 400, out_of_range, speed",
        "PYTHON, too_long, BadRequestError, 400, input_too_long, input", "NODE, too_long, BadRequestError, 400, input_too_long, input",
        "PYTHON, no_such_voice, NotFoundError, 404, voice_not_found, voice", "NODE, no_such_voice, NotFoundError, 404, voice_not_found, voice",
        "PYTHON, add_voice, PermissionDeniedError, 403, uploads_are_off,", "NODE, add_voice, PermissionDeniedError, 403, uploads_are_off,"})
    void badRequestsAreItsExceptions(Sdk sdk, String scenario, String type, int status, String code, String param) throws Exception {
        JsonPath found = run(sdk, KEY, scenario);
        assertEquals(List.of(type, status, code), List.of(found.getString("error"), found.getInt("status"), found.getString("code")));
        assertEquals(param, found.getString("param"));
        assertEquals("invalid_request_error", found.getString("type"));
        assertNotNull(found.getString("id"));
    }

    @ParameterizedTest
    @EnumSource
    void aWrongKeyIsAnAuthenticationError(Sdk sdk) throws Exception {
        JsonPath found = run(sdk, "sk-nobody-has-this-key", "speak");
        assertEquals(List.of("AuthenticationError", 401, "invalid_api_key"),
                List.of(found.getString("error"), found.getInt("status"), found.getString("code")));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerCannotDoIsAServerError(Sdk sdk) throws Exception {
        for (UtterException failure : List.of(new UtterException.Failed("broken", "It broke.", null),
                new UtterException.Unavailable("overloaded", "Later.", Duration.ofSeconds(1)), new UtterException.TimedOut("Too late."))) {
            service.next(Script.ofChunks(0).thenFailing(failure));
            JsonPath found = run(sdk, KEY, "speak");
            assertEquals(List.of("InternalServerError", failure.code()), List.of(found.getString("error"), found.getString("code")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tooManyAtOnceIsARateLimitError(Sdk sdk) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(1).behind(gate));
        Process first = start(sdk, SINGLE, "speak");
        service.stream();
        JsonPath found = run(sdk, SINGLE, "speak");
        gate.countDown();
        assertEquals(List.of("RateLimitError", 429, "too_many_requests"),
                List.of(found.getString("error"), found.getInt("status"), found.getString("code")));
        assertFalse(result(first).getMap("").containsKey("error"));
    }

    @ParameterizedTest
    @EnumSource
    void itComesBackAfterTheTimeThatItIsTold(Sdk sdk) throws Exception {
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Unavailable("overloaded", "Later.", Duration.ofSeconds(2))));
        service.next(Script.ofChunks(0).thenFailing(new UtterException.OverQuota("too_many_requests", "Later.", Duration.ofSeconds(1))));
        JsonPath found = run(sdk, KEY, "retried");
        assertTrue(found.getInt("bytes") > 0);
        assertTrue(found.getDouble("seconds") >= 3, () -> "came back after " + found.getDouble("seconds"));
    }

    private JsonPath run(Sdk sdk, String key, String scenario) throws IOException, InterruptedException {
        return result(start(sdk, key, scenario));
    }

    private Process start(Sdk sdk, String key, String scenario) throws IOException {
        assumeTrue(Files.exists(sdk.installed), "not installed: " + sdk);
        return new ProcessBuilder(sdk.command(base.toString(), key, scenario)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static JsonPath result(Process process) throws IOException, InterruptedException {
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "does not end");
        assertEquals(0, process.exitValue());
        return JsonPath.from(line);
    }
}
