package io.utter.api;

import static io.restassured.RestAssured.given;
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
import io.restassured.builder.MultiPartSpecBuilder;
import io.smallrye.config.WithDefault;
import io.utter.config.UtterConfig;
import io.utter.fake.FakeSpeech;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The document of the HTTP interface says what the server does. */
@QuarkusTest
@TestProfile(OpenApiTest.WithEverything.class)
class OpenApiTest {
    private static final Map<String, Class<? extends Annotation>> METHODS = Map.of("get", GET.class, "post", POST.class, "delete", DELETE.class);
    private static final List<Pattern> CODES = List.of(
            Pattern.compile("new (?:UtterException\\.)?(?:InvalidInput|NotFound)\\(\\s*[\\w.\"]+,\\s*\"([a-z_]+)\""),
            Pattern.compile("new UtterException\\.(?:Unauthorized|Forbidden|Unavailable|OverQuota)\\(\\s*\"([a-z_]+)\""),
            Pattern.compile("refused\\(\\s*\"([a-z_]+)\""));
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
        document = new YAMLMapper().readTree(OpenApiTest.class.getResource("/META-INF/openapi.yaml"));
    }

    @Test
    void itIsServed() throws IOException {
        String served = given().get("/q/openapi").then().statusCode(200).extract().asString();
        assertEquals(names(document.get("paths")), names(new YAMLMapper().readTree(served).get("paths")));
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
        document.at("/paths/~1tts/get/parameters").forEach(parameter -> query.add(parameter.get("name").asText()));
        assertEquals(query, names(schema("TtsRequest").get("properties")));
    }

    /** A field of another name would be refused (speech) or ignored (tts): then its wrong type would not be noticed. */
    @Test
    void theFieldsOfTtsAreThoseThatAreRead() {
        for (String field : names(schema("TtsRequest").get("properties"))) {
            if (!field.equals("streaming_mode")) {
                given().contentType("application/json").body("{\"" + field + "\":{}}").post("/tts").then().statusCode(422);
            }
        }
    }

    @Test
    void itsLimitsAreTheDefaults() throws NoSuchMethodException {
        String most = UtterConfig.Limits.class.getMethod("inputCharacters").getAnnotation(WithDefault.class).value();
        assertEquals(most, schema("Input").get("maxLength").asText());
    }

    @Test
    void itHasAllCodesOfErrors() throws IOException {
        Set<String> listed = new TreeSet<>();
        schema("ErrorCode").get("enum").forEach(code -> listed.add(code.asText()));
        Set<String> missing = new TreeSet<>();
        try (Stream<java.nio.file.Path> files = Files.walk(java.nio.file.Path.of("src/main/java/io/utter"))) {
            for (java.nio.file.Path file : files.filter(found -> found.toString().matches(".*/(admission|api|audio|config|lifecycle|speech|text|voice)/.*java")
                    && !found.getFileName().toString().matches("(ApiV2|Tts).*")).toList()) {
                String source = Files.readString(file);
                for (Pattern pattern : CODES) {
                    for (Matcher found = pattern.matcher(source); found.find(); ) {
                        if (!listed.contains(found.group(1))) {
                            missing.add(found.group(1) + " in " + file.getFileName());
                        }
                    }
                }
            }
        }
        missing.removeIf(code -> code.startsWith("bad_lexicon ") || code.startsWith("unknown_text_split_method ")); // told at the start; said otherwise
        assertEquals(Set.of(), missing);
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

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
