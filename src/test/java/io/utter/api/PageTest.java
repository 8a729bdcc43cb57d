package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.utter.testing.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The page in a browser, on the bundled voice. */
@QuarkusTest
class PageTest {
    private static final Duration START_DEADLINE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int WAV_HEADER_BYTES = 44;
    private static final double BYTES_PER_SAMPLE = 2;
    private static final double DISPLAY_ROUNDING_SECONDS = 0.001;
    private static final String CONTROL_ENTER = "\uE009\uE007";

    private static Browser browser;

    @TestHTTPResource("/")
    URI address;

    private SpeechPage page;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void visit() {
        awaitReady();
        browser.console(); // what was said before is another test's
        page = SpeechPage.visit(browser, address);
    }

    @Test
    void itOffersTheVoicesAndComplainsOfNothing() {
        assertEquals(given().get("/v1/audio/voices").jsonPath().getList("data.id"),
                browser.value("[...document.querySelector('#voice').options].map((o) => o.value)")
                        .valueStream().map(JsonNode::asText).toList());
        assertTrue(browser.console().isEmpty());
    }

    @Test
    void itPlaysWhileTheAudioStillComes() {
        browser.type("#text", "This is a long text, so that its audio takes a while. ".repeat(6));
        page.speak();
        page.awaitData("receivedMs");
        assertEquals("speaking", page.state());
        assertTrue(page.number("firstAudioMs") <= page.number("playingMs"), () -> page.data().toString());
        assertTrue(page.number("playingMs") < page.number("receivedMs"), () -> page.data().toString());
        browser.click("#stop");
        assertEquals("stopped", page.state());
        assertTrue(browser.console().isEmpty());
    }

    @Test
    void itTellsHowItWentAndOffersTheFile() {
        page.speak();
        page.awaitState("done");
        assertEquals("done", page.state(), () -> page.text("#error"));
        assertTrue(page.number("duration") > 0.5);
        assertTrue(page.number("realTimeFactor") > 0);
        assertEquals("%.0f ms".formatted(page.number("firstAudioMs")), page.text("#first-audio-ms"));
        assertEquals("%.0f Hz".formatted(page.number("sampleRate")), page.text("#sample-rate"));
        assertFalse(page.text("#seed").isEmpty());
        JsonNode file = browser.value("""
                fetch(document.querySelector('#download:not([hidden])').href).then((r) => r.arrayBuffer()).then((wav) => ({
                  magic: new TextDecoder().decode(wav.slice(0, 4)), bytes: wav.byteLength,
                  rate: new DataView(wav).getUint32(24, true), data: new DataView(wav).getUint32(40, true) }))""");
        assertEquals("RIFF", file.get("magic").asText());
        assertEquals(page.number("sampleRate"), file.get("rate").asDouble());
        assertEquals(file.get("bytes").asLong() - WAV_HEADER_BYTES, file.get("data").asLong());
        assertEquals(page.number("duration"), file.get("data").asDouble() / BYTES_PER_SAMPLE / page.number("sampleRate"),
                DISPLAY_ROUNDING_SECONDS);
    }

    @Test
    void theServersRefusalIsShown() {
        browser.type("#text", "   ");
        browser.press("#text", CONTROL_ENTER);
        page.awaitState("error");
        assertEquals("input is empty: there is nothing to say.", page.text("#error"));
        assertEquals("alert", browser.value("document.querySelector('#error').role").asText());
    }

    private static void awaitReady() {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        while (given().get("/q/health/ready").statusCode() != 200) {
            assertTrue(System.nanoTime() < deadline, "the server does not get ready");
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
