package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import io.utter.testing.Browser;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** A page's audio element whose source is {@code /tts}. */
@QuarkusTest
@TestProfile(ApiV2Test.WithApiV2.class)
class ApiV2AudioElementTest {

    @Inject
    FakeSpeechService service;

    @TestHTTPResource("/")
    URI server;

    @Test
    void itPlaysWhatThereIsWhileTheRestIsNotMade() throws Exception {
        service.forget();
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(12).withChunksOf(32_000).pausingAfter(10, gate));
        try (Browser browser = Browser.open()) {
            browser.visit(server.resolve("/q/health/live")); // a page of this server without a policy of its own
            String plays = browser.value("""
                    new Promise((resolve) => {
                      const audio = Object.assign(new Audio(), { muted: true, autoplay: true });
                      audio.src = '/tts?text=Hello&text_lang=en&prompt_lang=en&ref_audio_path=ada&streaming_mode=1';
                      const look = () => audio.currentTime > 0.5 ? resolve('plays')
                          : audio.error ? resolve(audio.error.message) : setTimeout(look, 50);
                      look();
                    })""").asText();
            assertEquals("plays", plays);
            gate.countDown();
        }
    }
}
