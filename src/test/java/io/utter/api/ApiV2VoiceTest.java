package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** Clients of {@code api_v2.py} with the bundled voice. */
@QuarkusTest
@TestProfile(ApiV2VoiceTest.WithTheBundledVoice.class)
class ApiV2VoiceTest {
    private static final int RATE = 32_000;
    private static final int HEADER_BYTES = 44;
    private static final double USUAL_INTERVAL = 0.3;

    /** The group is there, and clients may switch. */
    public static class WithTheBundledVoice implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("utter.api-v2.enabled", "true", "utter.api-v2.switching", "true");
        }
    }

    private static RequestSpecification asked(String text) {
        return given().queryParam("text", text).queryParam("text_lang", "en").queryParam("ref_audio_path", "default").queryParam("prompt_lang", "en")
                .queryParam("seed", 5);
    }

    private static short[] samples(byte[] file) {
        short[] samples = new short[(file.length - HEADER_BYTES) / 2];
        ByteBuffer.wrap(file, HEADER_BYTES, file.length - HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    private static short[] spoken(RequestSpecification request) {
        return samples(request.get("/tts").then().statusCode(200).extract().asByteArray());
    }

    private static int silentAtTheEnd(short[] samples) {
        int silent = 0;
        while (silent < samples.length && samples[samples.length - 1 - silent] == 0) {
            silent++;
        }
        return silent;
    }

    @Test
    void aWholeFileSaysHowLongItIs() {
        Response answer = asked("Hello there.").get("/tts").then().statusCode(200).header("X-Audio-Complete", "true").extract().response();
        byte[] file = answer.asByteArray();
        assertEquals(Integer.toString(file.length), answer.header("Content-Length"));
        assertEquals(file.length - HEADER_BYTES, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER_BYTES - 4));
        assertEquals(Integer.toString(samples(file).length), answer.header("X-Audio-Samples"), "the silence at the end is counted");
    }

    @Test
    void aStreamHasTheSameSamples() {
        assertArrayEquals(spoken(asked("Hello there. How are you?")), spoken(asked("Hello there. How are you?").queryParam("streaming_mode", 2)));
    }

    @Test
    void theIntervalComesAfterTheLastPieceToo() {
        short[] usual = spoken(asked("Hello there."));
        short[] none = spoken(asked("Hello there.").queryParam("fragment_interval", 0.01));
        short[] longer = spoken(asked("Hello there.").queryParam("fragment_interval", 1.25));
        int speech = none.length - (int) (0.01 * RATE);
        assertEquals(speech + (int) (USUAL_INTERVAL * RATE), usual.length);
        assertEquals(speech + (int) (1.25 * RATE), longer.length);
        assertEquals(silentAtTheEnd(none) + (int) (1.24 * RATE), silentAtTheEnd(longer));
        assertNotEquals(longer.length, silentAtTheEnd(longer));
        assertArrayEquals(Arrays.copyOf(usual, speech), Arrays.copyOf(longer, speech));
    }

    @Test
    void itComesOnceForEachPiece() {
        int two = spoken(asked("Hello there. How are you?").queryParam("fragment_interval", 0.25)).length;
        assertEquals(two + 2 * RATE / 4, spoken(asked("Hello there. How are you?").queryParam("fragment_interval", 0.5)).length);
    }

    @Test
    void theCheckpointsOfItsBundleAreAPair() {
        given().queryParam("weights_path", "GPT_weights/voice-gpt.ckpt").get("/set_gpt_weights").then().statusCode(200)
                .body("message", equalTo("success"));
        given().queryParam("weights_path", "SoVITS_weights/voice-sovits.pth").get("/set_sovits_weights").then().statusCode(200)
                .body("message", equalTo("success"));
        given().queryParam("weights_path", "SoVITS_weights/another.pth").get("/set_sovits_weights").then().statusCode(400)
                .body("message", equalTo("change sovits weight failed"));
        assertNotEquals(0, spoken(asked("Hello.")).length);
    }
}
