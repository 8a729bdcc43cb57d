package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.error.UtterException.InvalidInput;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

class SpeechBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GOOD = "{\"model\":\"default\",\"input\":\"Grüße \\u4e16\",\"voice\":{\"id\":\"ada\"},\"speed\":1.5,\"seed\":-3,\"top_k\":5}";

    @Property
    void whateverTextIsSentIsTheTextThatIsSpoken(@ForAll("text") String text, @ForAll long seed) throws JsonProcessingException {
        SpeechBody body = read(JSON.writeValueAsBytes(Map.of("input", text, "seed", seed)));
        assertEquals(text, body.request().input());
        assertEquals(OptionalLong.of(seed), body.request().seed());
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings().withCharRange('\u0000', '\ud7ff').withCharRange('\ue000', '\uffff').ofMaxLength(200);
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] bytes) {
        readOrRefuse(bytes);
    }

    /** Bodies that are nearly right get further into the reader than random ones. */
    @Property
    void anyDamageToAGoodBodyIsReadOrRefusedAndNothingElse(@ForAll long seed) {
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
            bytes[random.nextInt(bytes.length)] = random.nextBoolean() ? (byte) "{}[],:\"0-.eE\\tn".charAt(random.nextInt(15)) : (byte) random.nextInt();
        }
        readOrRefuse(bytes);
    }

    @Property
    void everyPrefixOfAGoodBodyIsRefused(@ForAll @net.jqwik.api.constraints.IntRange(max = 80) int length) {
        byte[] whole = GOOD.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = java.util.Arrays.copyOf(whole, Math.min(length, whole.length - 1));
        assertEquals("body", assertThrows(InvalidInput.class, () -> read(prefix)).field());
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            read(bytes);
        } catch (InvalidInput e) {
            assertEquals(false, e.getMessage().isBlank());
        }
    }

    private static SpeechBody read(byte[] bytes) {
        return SpeechBody.read(bytes);
    }
}
