package io.utter.api;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class ApiV2OffTest {

    @ParameterizedTest
    @ValueSource(strings = {"/tts?text=a", "/set_gpt_weights?weights_path=a", "/set_sovits_weights", "/set_refer_audio", "/control?command=exit"})
    void withoutConfigurationNothingIsThere(String path) {
        given().get(path).then().statusCode(404);
    }
}
