package io.utter.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.GeneratedMessageLite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import onnx.OnnxMl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a native executable has to be told of, against what the code does. */
class ReachabilityMetadataTest {
    private static final Path METADATA = Path.of("src/main/resources/META-INF/native-image/io.utter/utter/reachability-metadata.json");
    private static final Path BINDING = Path.of("src/main/java/io/utter/model/ort");
    private static final String JNI_LIBRARY = "/ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so";
    private static final Map<String, String> LAYOUTS = Map.of("ADDRESS", "void*", "JAVA_INT", "jint", "JAVA_LONG", "jlong");
    /** Results and parameters, as the classes of the binding write them. */
    private static final Pattern DESCRIPTOR = Pattern.compile("FunctionDescriptor\\.of\\(([A-Z_, ]+)\\)");
    private static final Pattern CHECKED = Pattern.compile("= checked\\(\\s*(\"?)\\w+\"?, ([A-Z_, ]+)\\)");

    private JsonNode metadata;

    @BeforeEach
    void read() throws IOException {
        metadata = new ObjectMapper().readTree(METADATA.toFile());
    }

    @Test
    void everyForeignCallIsDeclaredAndNoOther() throws IOException {
        Set<String> called = new TreeSet<>(Set.of("void(void*)")); // what releases
        try (Stream<Path> sources = Files.list(BINDING)) {
            for (Path source : sources.toList()) {
                String code = Files.readString(source);
                DESCRIPTOR.matcher(code).results().map(found -> signature(found.group(1))).forEach(called::add);
                CHECKED.matcher(code).results().map(ReachabilityMetadataTest::checked).forEach(called::add);
            }
        }
        Set<String> declared = StreamSupport.stream(metadata.at("/foreign/downcalls").spliterator(), false)
                .map(call -> call.get("returnType").asText() + "("
                        + StreamSupport.stream(call.get("parameterTypes").spliterator(), false).map(JsonNode::asText).collect(Collectors.joining(",")) + ")")
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(called, declared);
    }

    @Test
    void everyClassThatTheRuntimesLibraryLooksUpIsDeclared() throws IOException {
        Set<String> looked;
        try (var library = getClass().getResourceAsStream(JNI_LIBRARY)) {
            assumeTrue(library != null, "another platform's artifact");
            String text = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
            looked = Pattern.compile("(?<=\0)(ai/onnxruntime|java/lang)/\\w+(?=\0)").matcher(text).results()
                    .map(found -> found.group().replace('/', '.')).collect(Collectors.toCollection(TreeSet::new));
        }
        assertFalse(looked.isEmpty());
        looked.removeAll(types("jniAccessible"));
        assertEquals(Set.of(), looked);
    }

    @Test
    void everyMessageOfAGraphIsDeclared() {
        Set<String> messages = messages(OnnxMl.class).collect(Collectors.toCollection(TreeSet::new));
        assertFalse(messages.isEmpty());
        messages.removeAll(types("allDeclaredFields"));
        assertEquals(Set.of(), messages);
    }

    private static Stream<String> messages(Class<?> owner) {
        return Stream.of(owner.getDeclaredClasses()).flatMap(type -> GeneratedMessageLite.class.isAssignableFrom(type)
                ? Stream.concat(Stream.of(type.getName()), messages(type)) : Stream.empty());
    }

    private Set<String> types(String access) {
        return StreamSupport.stream(metadata.at("/reflection").spliterator(), false).filter(type -> type.path(access).asBoolean())
                .map(type -> type.get("type").asText()).collect(Collectors.toSet());
    }

    /** ONNX Runtime's functions, which have numbers, return a status by its address; CUDA's, which have names, as a number. */
    private static String checked(MatchResult call) {
        return signature((call.group(1).isEmpty() ? "ADDRESS" : "JAVA_INT") + ", " + call.group(2));
    }

    private static String signature(String layouts) {
        String[] types = layouts.split(", ");
        return LAYOUTS.get(types[0]) + Stream.of(types).skip(1).map(LAYOUTS::get).collect(Collectors.joining(",", "(", ")"));
    }
}
