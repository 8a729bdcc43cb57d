package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.smallrye.config.WithDefault;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import io.utter.audio.encoder.AudioFormat;
import io.utter.config.UtterConfig;
import io.utter.fake.FakeSpeech;
import io.utter.fake.RawHttp;
import io.utter.text.CutMethod;
import io.utter.text.LanguageMode;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The document of the HTTP interface says what the server does. */
@QuarkusTest
@TestProfile(OpenApiTest.WithEverything.class)
class OpenApiTest {
    private static final java.nio.file.Path SOURCES = java.nio.file.Path.of("src/main/java/io/utter");
    private static final Map<String, Class<? extends Annotation>> METHODS = Map.of("get", GET.class, "post", POST.class, "delete", DELETE.class);
    /** Errors, and the responses that tell of them. */
    private static final Map<String, String> RESPONSES = Map.of("InvalidInput", "BadRequest", "NotFound", "NotFound", "Unauthorized", "Unauthorized",
            "Forbidden", "Forbidden", "Conflict", "Conflict", "Unavailable", "Unavailable", "OverQuota", "TooManyRequests", "Failed", "ServerError");
    private static final Set<String> WITH_FIELD = Set.of("InvalidInput", "NotFound");
    private static final Pattern ERROR = Pattern.compile("new (?:UtterException\\.)?(" + String.join("|", RESPONSES.keySet()) + ")\\((?!String)");
    private static final Pattern CODE = Pattern.compile("\\s*(?:[\\w.()]+ \\? )?\"([a-z_0-9]+)\"(?: : \"([a-z_0-9]+)\")?,");
    /** Comes before the code where the caller has said something wrong. */
    private static final Pattern FIELD = Pattern.compile("(?:[^\",;]|\"[^\"]*\")+,");
    private static final Pattern REFUSED = Pattern.compile("refused\\(\\s*\"([a-z_]+)\"");
    /** Makes errors of codes that it is given, which stand where it is called, or in constants. */
    private static final Set<String> PASSED_ON = Set.of("Recording.java", "ReferenceAudio.java", "ConsentsResource.java", "RequestBody.java");
    /** Told at the start, in the log or on a command line, where there is no caller. */
    private static final Set<String> AT_THE_START = Set.of("no_bundle", "no_natives", "unknown_runtime", "device_unavailable",
            "command_line_too_long", "bad_lexicon in BadRequest", "engine_failed", "engine_not_found", "engines_unreadable", "engines_unwritable",
            "not_reduced", "tensorrt_unavailable");
    private static JsonNode document;

    /** All that is off by default. */
    public static class WithEverything extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.api-v2.enabled", "true");
            overrides.put("utter.voices.uploads", "on");
            return overrides;
        }
    }

    @BeforeAll
    static void read() throws IOException {
        document = new YAMLMapper().readTree(OpenApiTest.class.getResource(OpenApiDocument.FILE));
    }

    @Test
    void itIsServedAsItIsWritten() throws IOException {
        byte[] served = given().get("/q/openapi").then().statusCode(200).contentType("application/yaml").extract().asByteArray();
        assertArrayEquals(OpenApiTest.class.getResourceAsStream(OpenApiDocument.FILE).readAllBytes(), served);
        given().head("/q/openapi").then().statusCode(200).contentType("application/yaml");
    }

    @Test
    void itHasAllPathsAndMethods() {
        Set<String> served = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.utter.api")) {
            type.tryGetAnnotationOfType(Path.class).ifPresent(root -> type.getMethods().forEach(method -> METHODS.forEach((name, annotation) -> {
                if (method.isAnnotatedWith(annotation)) {
                    served.add(name + " " + path(root, method));
                }
            })));
        }
        Set<String> described = new TreeSet<>();
        document.get("paths").properties().stream().filter(path -> !path.getKey().startsWith("/q/")).forEach(path -> names(path.getValue()).stream()
                .filter(METHODS::containsKey).forEach(method -> described.add(method + " " + path.getKey())));
        assertEquals(served, described);
    }

    private static String path(Path root, JavaMethod method) {
        String own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return (root.value() + "/" + own).replaceAll("/+", "/").replaceAll("(.)/$", "$1");
    }

    @Test
    void itHasAllFields() {
        assertEquals(Set.of(SpeechBody.KNOWN.split(", ")), names(schema("SpeechRequest").get("properties")));
        assertEquals(Set.copyOf(VoicesResource.FIELDS), names(schema("VoiceForm").get("properties")));
        assertEquals(Set.copyOf(ConsentsResource.FIELDS), names(schema("ConsentForm").get("properties")));
        Set<String> query = new TreeSet<>();
        parametersOfTts().forEach(parameter -> query.add(parameter.get("name").asText()));
        assertEquals(query, names(schema("TtsRequest").get("properties")));
    }

    /** A field of another name would be refused (speech) or ignored (tts): then its wrong type would not be noticed. */
    @Test
    void theFieldsOfTtsAreThoseThatAreRead() {
        for (String field : names(schema("TtsRequest").get("properties"))) {
            given().contentType("application/json").body("{\"" + field + "\":{}}").post("/tts").then().statusCode(422);
        }
    }

    @Test
    void itsLimitsAreTheDefaults() throws NoSuchMethodException {
        assertEquals(byDefault(UtterConfig.Limits.class, "inputCharacters"), schema("Input").get("maxLength").asText());
        String most = Integer.parseInt(byDefault(UtterConfig.Voices.class, "recordingBytes")) / (1 << 20) + " MiB";
        // a maxLength would be of characters
        assertTrue(schema("RecordingFile").get("description").asText().endsWith("at most " + most + "."), most);
        String body = Integer.parseInt(byDefault(UtterConfig.Limits.class, "bodyBytes")) / (1 << 10) + " KiB";
        String tooLarge = document.at("/components/responses/TooLarge/description").asText();
        assertTrue(tooLarge.contains(" " + body + ",") && tooLarge.contains(" " + most + " "), tooLarge);
        String longest = byDefault(UtterConfig.Limits.class, "requestTimeout").replace("s", " s");
        assertTrue(document.at("/components/parameters/RequestTimeout/description").asText().endsWith(" " + longest + "."), longest);
    }

    private static String byDefault(Class<?> settings, String name) throws NoSuchMethodException {
        return settings.getMethod(name).getAnnotation(WithDefault.class).value();
    }

    /** Least and most of each field are taken, and what is just beyond is not. */
    @ParameterizedTest
    @ValueSource(strings = {"speed", "top_k", "top_p", "temperature", "repetition_penalty", "sample_rate"})
    void itsRangesAreThoseOfTheServer(String field) {
        JsonNode range = schema("SpeechRequest").at("/properties/" + field);
        BigDecimal step = range.get("type").get(0).asText().equals("integer") ? BigDecimal.ONE : new BigDecimal("0.001");
        BigDecimal most = range.get("maximum").decimalValue();
        boolean open = range.has("exclusiveMinimum");
        BigDecimal least = range.get(open ? "exclusiveMinimum" : "minimum").decimalValue();
        assertEquals(200, spoken(field, most));
        assertEquals(400, spoken(field, most.add(step)));
        assertEquals(200, spoken(field, open ? least.add(step) : least));
        assertEquals(400, spoken(field, open ? least : least.subtract(step)));
    }

    private static int spoken(String field, BigDecimal value) {
        String body = "{\"input\":\"Hello.\",\"response_format\":\"wav\",\"" + field + "\":" + value.toPlainString() + "}";
        return given().contentType("application/json").body(body).post("/v1/audio/speech").statusCode();
    }

    @Test
    void itsChoicesAreThoseOfTheServer() {
        assertEquals(names(Arrays.stream(AudioFormat.values()).map(AudioFormat::id)), choices(schema("ResponseFormat")));
        assertEquals(names(Arrays.stream(LanguageMode.values()).map(LanguageMode::code)), choices(schema("LanguageCode")));
        assertEquals(names(Arrays.stream(CutMethod.values()).map(method -> method.name().toLowerCase(Locale.ROOT))),
                choices(parameterOfTts("text_split_method")));
        assertEquals(names(Arrays.stream(ApiV2.MediaType.values()).map(type -> type.name().toLowerCase(Locale.ROOT))),
                choices(parameterOfTts("media_type")));
        Set<String> kinds = names(document.at("/paths/~1v1~1audio~1speech/post/responses/200/content"));
        assertEquals(names(Stream.concat(Arrays.stream(AudioFormat.values()).map(AudioFormat::mediaType), Stream.of("text/event-stream"))), kinds);
    }

    /** What is read as an object and as a form are the same fields. */
    @Test
    void formsHaveTheFieldsOfObjects() {
        Set<String> form = names(schema("SpeechForm").get("properties"));
        Set<String> read = new TreeSet<>(SpeechBody.FORM_FIELDS);
        read.remove("stream"); // is a boolean, which text is not
        assertEquals(read, form);
        assertEquals(Set.of(ReferenceBody.KNOWN.split(", ")), names(schema("Reference").get("properties")));
    }

    @Test
    void itsEventsAreThoseThatAreSent() throws IOException {
        String events = given().contentType("application/json").body("{\"input\":\"Hello.\",\"response_format\":\"pcm\",\"stream_format\":\"sse\"}")
                .post("/v1/audio/speech").then().statusCode(200).extract().asString();
        Set<String> types = new TreeSet<>();
        for (String line : events.lines().filter(line -> line.startsWith("data: ")).toList()) {
            JsonNode event = new YAMLMapper().readTree(line.substring("data: ".length()));
            JsonNode described = schema(event.get("type").asText().equals("speech.audio.delta") ? "SpeechAudioDelta" : "SpeechAudioDone");
            assertEquals(described.at("/properties/type/const"), event.get("type"));
            assertEquals(names(described.get("properties")), names(event));
            assertEquals(names(described.at("/properties/usage/properties")), names(event.path("usage")));
            types.add(event.get("type").asText());
        }
        assertEquals(Set.of("speech.audio.delta", "speech.audio.done"), types);
    }

    /** Headers of an answer that are ours or of its event, and its trailers; {@code described}: the method at which the answers are written out. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/v1/audio/speech | post | {\"input\":\"Hello.\"}",
            "/tts | get | {\"text\":\"Hello.\",\"text_lang\":\"en\",\"ref_audio_path\":\"ada\",\"prompt_lang\":\"en\","
                    + "\"streaming_mode\":1}"})
    void itHasTheHeadersOfSpeech(String path, String described, String body) {
        Headers headers = given().contentType("application/json").header("ce-specversion", "1.0").header("ce-id", "7").body(body)
                .post(path).then().statusCode(200).extract().headers();
        JsonNode known = document.at("/paths/" + path.replace("/", "~1") + "/" + described + "/responses/200/headers");
        assertEquals(names(known), names(headers.asList().stream().map(Header::getName).filter(name -> name.matches("X-.*|ce-.*|Trailer"))));
        for (String trailer : headers.getValue("Trailer").split(", ?")) {
            assertTrue(known.at("/Trailer/description").asText().contains(trailer), trailer);
        }
    }

    /** Headers that are ours, and those that the status asks for. */
    @ParameterizedTest
    @CsvSource({"POST, /v1/models, 405, MethodNotAllowed", "GET, /v1/models/nobody, 404, NotFound", "GET, /v1/audio/phonemes, 400, BadRequest",
            "GET, /v1/audio/phonemes?input=Hello, 200, Phonemes", "GET, /tts, 400, ApiV2Message"})
    void otherAnswersHaveTheirHeaders(String method, String path, int status, String response) {
        Headers headers = given().request(method, path).then().statusCode(status).extract().headers();
        JsonNode described = document.at("/components/responses/" + response + "/headers");
        assertEquals(names(described), names(headers.asList().stream().map(Header::getName).filter(name -> name.matches("X-.*|Allow"))));
    }

    @Test
    void whatHasNoPathIsAnsweredWithoutABody() throws IOException {
        String text = "a".repeat(1 << 17);
        try (RawHttp uri = asked("/v1/models?x=%zz", ""); RawHttp line = asked("/v1/models?x=" + text, "");
                RawHttp headers = asked("/v1/models", "X-Long: " + text + "\r\n")) {
            assertEquals(List.of(400, 414, 431), List.of(uri.status(), line.status(), headers.status()));
            for (RawHttp answer : List.of(uri, line, headers)) {
                assertEquals("0", answer.headers().get("content-length"));
                assertTrue(document.at("/info/description").asText().contains("(" + answer.status() + ")"));
            }
        }
    }

    private static RawHttp asked(String target, String header) throws IOException {
        RawHttp http = RawHttp.connect(RestAssured.port, 1 << 16);
        http.send("GET " + target + " HTTP/1.1\r\nHost: test\r\n" + header + "\r\n");
        return http.readHead();
    }

    /** References lead somewhere, and everything is where the standard has it. */
    @Test
    void itIsValid() throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        String text = new String(OpenApiTest.class.getResourceAsStream(OpenApiDocument.FILE).readAllBytes(), StandardCharsets.UTF_8);
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(text, null, options);
        assertEquals(List.of(), read.getMessages());
        assertEquals(names(document.get("paths")), new TreeSet<>(read.getOpenAPI().getPaths().keySet()));
    }

    /** Those of each status, and no others. */
    @Test
    void itHasAllCodesOfErrors() throws IOException {
        Map<String, Set<String>> made = new TreeMap<>();
        made.computeIfAbsent("BadRequest", _ -> new TreeSet<>()).add("bad_request"); // of Quarkus, by Problems
        made.computeIfAbsent("NotFound", _ -> new TreeSet<>()).add("unknown_path");
        made.computeIfAbsent("ServerError", _ -> new TreeSet<>()).add("internal_error");
        Set<String> passedOn = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = Files.walk(SOURCES)) {
            for (java.nio.file.Path file : files.filter(OpenApiTest::serves).toList()) {
                String source = Files.readString(file);
                for (Matcher found = ERROR.matcher(source); found.find(); ) {
                    Matcher field = FIELD.matcher(source).region(found.end(), source.length());
                    boolean withField = WITH_FIELD.contains(found.group(1)) && field.lookingAt();
                    Matcher code = CODE.matcher(source).region(withField ? field.end() : found.end(), source.length());
                    if (code.lookingAt()) {
                        Set<String> codes = made.computeIfAbsent(RESPONSES.get(found.group(1)), _ -> new TreeSet<>());
                        Stream.of(code.group(1), code.group(2)).filter(Objects::nonNull).forEach(codes::add);
                    } else {
                        passedOn.add(file.getFileName().toString());
                    }
                }
                REFUSED.matcher(source).results().forEach(code -> made.get("BadRequest").add(code.group(1)));
            }
        }
        made.forEach((response, codes) -> codes.removeIf(code -> AT_THE_START.contains(code) || AT_THE_START.contains(code + " in " + response)));
        Map<String, Set<String>> listed = new TreeMap<>();
        made.keySet().forEach(response -> listed.put(response, codes(response)));
        assertEquals(made, listed);
        assertEquals(PASSED_ON, passedOn);
    }

    /** Whether what this file throws may come to a caller in OpenAI's shape. */
    private static boolean serves(java.nio.file.Path file) {
        String name = SOURCES.relativize(file).toString();
        return name.endsWith(".java") && !name.matches("(bench|cli|importer|error)/.*|api/(ApiV2|Tts).*");
    }

    @Test
    void itsExamplesOfErrorsHaveTheirCodes() {
        names(document.at("/components/responses")).forEach(response -> {
            String code = document.at("/components/responses/" + response + "/content/application~1json/example/error/code").asText();
            assertTrue(code.isEmpty() || codes(response).contains(code), response);
        });
    }

    private static Set<String> codes(String response) {
        Set<String> codes = new TreeSet<>();
        document.at("/components/responses/" + response + "/content/application~1json/schema/allOf/1/properties/error/properties/code/enum")
                .forEach(code -> codes.add(code.asText()));
        return codes;
    }

    @Test
    void itsExamplesAreAnswered() {
        List<String> tried = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operation.getValue().at("/requestBody/content/application~1json/examples").forEach(example -> {
                    given().contentType("application/json").body(example.get("value").toString().replace("alloy", "ada"))
                            .request(operation.getKey(), path.getKey()).then().statusCode(200);
                    tried.add(path.getKey());
                })));
        assertTrue(tried.size() >= 6, tried.toString());
    }

    @Test
    void voicesAreOfOneType() {
        given().multiPart("name", "Eve").multiPart("type", "prompt").multiPart(new MultiPartSpecBuilder(new byte[] {1}).controlName("audio_sample").build())
                .post("/v1/audio/voices").then().statusCode(400).body("error.code", org.hamcrest.Matchers.equalTo("unsupported_voice_type"));
    }

    private static JsonNode schema(String name) {
        return document.at("/components/schemas/" + name);
    }

    private static JsonNode parameterOfTts(String name) {
        return parametersOfTts().filter(parameter -> parameter.get("name").asText().equals(name)).findFirst().orElseThrow().get("schema");
    }

    /** Those of the query: headers are described once for all. */
    private static Stream<JsonNode> parametersOfTts() {
        return StreamSupport.stream(document.at("/paths/~1tts/get/parameters").spliterator(), false).filter(parameter -> parameter.has("name"));
    }

    private static Set<String> choices(JsonNode schema) {
        return names(StreamSupport.stream(schema.get("enum").spliterator(), false).map(JsonNode::asText));
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
