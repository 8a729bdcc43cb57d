package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.SpeechService;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Clients of {@code api_v2.py} that change what is meant by all, where they may. */
@QuarkusTest
@TestProfile(ApiV2SwitchingTest.WithSwitching.class)
class ApiV2SwitchingTest {

    /** Clients may switch. */
    public static class WithSwitching extends FakeSpeech {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
            overrides.put("utter.api-v2.enabled", "true");
            overrides.put("utter.api-v2.switching", "true");
            return overrides;
        }
    }

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    private static RequestSpecification asked() {
        return given().queryParam("text", "Hello.").queryParam("text_lang", "en").queryParam("prompt_lang", "en");
    }

    @Test
    void weightsChooseTheModelThatWasMadeOfThem() throws InterruptedException {
        for (String path : new String[] {"GPT_weights_v2/hum-e10.ckpt", "C:\\\\w\\\\hum-e10.ckpt", "hum"}) {
            given().queryParam("weights_path", path).get("/set_gpt_weights").then().statusCode(200).body("message", equalTo("success"));
        }
        given().queryParam("weights_path", "SoVITS_weights/hum_e8.pth").get("/set_sovits_weights").then().statusCode(200);
        given().queryParam("weights_path", "other.pth").get("/set_sovits_weights").then().statusCode(400)
                .body("message", equalTo("change sovits weight failed")).body("Exception", containsString("other.pth"));
        given().get("/set_gpt_weights").then().statusCode(400).body("message", equalTo("gpt weight path is required"));
        given().get("/set_sovits_weights").then().statusCode(400).body("message", equalTo("sovits weight path is required"));
        asked().queryParam("ref_audio_path", "ada").get("/tts").then().statusCode(200);
        assertEquals("hum", service.request().model());
    }

    @Test
    void twoCheckpointsMustHaveBeenImportedTogether() throws InterruptedException {
        service.imported(new SpeechService.Model("buzz", "v2", 32_000, 1_700_000_000, Set.of("buzz-e5.ckpt", "buzz_e5.pth")));
        given().queryParam("weights_path", "hum").get("/set_gpt_weights").then().statusCode(200);
        given().queryParam("weights_path", "GPT_weights/buzz-e5.ckpt").get("/set_gpt_weights").then().statusCode(200);
        given().queryParam("weights_path", "SoVITS_weights/hum_e8.pth").get("/set_sovits_weights").then().statusCode(400)
                .body("message", equalTo("change sovits weight failed"))
                .body("Exception", containsString("SoVITS_weights/hum_e8.pth was not imported together with GPT_weights/buzz-e5.ckpt"));
        given().queryParam("weights_path", "buzz_e5.pth").get("/set_sovits_weights").then().statusCode(200).body("message", equalTo("success"));
        given().queryParam("weights_path", "hum").get("/set_gpt_weights").then().statusCode(200);
        asked().queryParam("ref_audio_path", "ada").get("/tts").then().statusCode(200);
        assertEquals("hum", service.request().model());
    }

    @Test
    void aRecordingMayBeMeantByAll() throws InterruptedException {
        given().queryParam("refer_audio_path", "nope").get("/set_refer_audio").then().statusCode(400).body("message", equalTo("set refer audio failed"));
        given().queryParam("refer_audio_path", "bob").get("/set_refer_audio").then().statusCode(200).body("message", equalTo("success"));
        asked().get("/tts").then().statusCode(200);
        assertEquals("bob", service.request().voice());
    }
}
