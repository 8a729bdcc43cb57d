package io.utter.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.utter.testing.Browser;
import io.utter.testing.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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

    @TempDir
    Path folder;

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
        await(() -> given().get("/q/health/ready").statusCode() == 200, "the server does not get ready");
        browser.saveTo(folder);
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
    void itTellsHowItWentAndOffersTheFile() throws IOException {
        page.speak();
        page.awaitState("done");
        assertEquals("done", page.state(), () -> page.text("#error"));
        assertTrue(page.number("duration") > 0.5);
        assertTrue(page.number("realTimeFactor") > 0);
        assertEquals("%.0f ms".formatted(page.number("firstAudioMs")), page.text("#first-audio-ms"));
        assertEquals("%.0f Hz".formatted(page.number("sampleRate")), page.text("#sample-rate"));
        assertFalse(page.text("#seed").isEmpty());
        ByteBuffer file = ByteBuffer.wrap(download("wav")).order(ByteOrder.LITTLE_ENDIAN);
        int dataBytes = file.getInt(WAV_HEADER_BYTES - Integer.BYTES);
        assertEquals(0x46464952, file.getInt(0), "RIFF");
        assertEquals(page.number("sampleRate"), file.getInt(24));
        assertEquals(file.capacity() - WAV_HEADER_BYTES, dataBytes);
        assertEquals(page.number("duration"), dataBytes / BYTES_PER_SAMPLE / page.number("sampleRate"), DISPLAY_ROUNDING_SECONDS);
    }

    @Test
    void itTellsTheStagesInOrder() {
        page.speakToTheEnd();
        List<Double> stages = Stream.of("queueMs", "madeMs", "firstAudioMs", "receivedMs").map(page::number).toList();
        assertEquals(stages.stream().sorted().toList(), stages);
        assertTrue(page.number("textMs") >= 0 && page.number("textMs") <= page.number("madeMs"), () -> page.data().toString());
        assertEquals("%.0f ms".formatted(page.number("madeMs")), page.text("#made-ms"));
    }

    /** Both are the seed's audio, so the request that is shown is the one that was heard. */
    @Test
    void everyFormatCanBeDownloadedAndIsWhatTheShownRequestGives() throws Exception {
        browser.type("#text", "It's \"quoted\", isn't it?");
        page.fill("#speed", "1.2");
        page.speakToTheEnd();
        List<String> offered = given().get("/v1/models").jsonPath().getList("data[0].response_formats");
        List<String> formats = offered == null ? List.of("wav", "pcm") : offered;
        assertEquals(formats, browser.value("[...document.querySelector('#format').options].map((o) => o.value)").valueStream()
                .map(JsonNode::asText).toList());
        byte[] heard = download("pcm");
        assertEquals(page.number("duration"), heard.length / BYTES_PER_SAMPLE / page.number("sampleRate"), DISPLAY_ROUNDING_SECONDS);
        for (String format : formats) {
            byte[] downloaded = download(format);
            Program.runLines(folder, Map.of(), page.snippet("curl"));
            byte[] requested = Files.readAllBytes(folder.resolve("speech." + format));
            if (format.equals("wav")) { // the head of a stream does not know its length
                assertArrayEquals(heard, Arrays.copyOfRange(requested, WAV_HEADER_BYTES, requested.length));
            } else if (format.equals("pcm")) {
                assertArrayEquals(heard, requested);
            }
            assertEquals(requested.length, downloaded.length, format);
        }
    }

    /** What it saves; the name that a request would write to is free afterwards. */
    private byte[] download(String format) throws IOException {
        page.choose("#format", format);
        browser.click("#download");
        Path file = folder.resolve("speech." + format);
        await(() -> Files.exists(file), "nothing is saved");
        byte[] saved = Files.readAllBytes(file);
        Files.delete(file);
        return saved;
    }

    @Test
    void theServersRefusalIsShown() {
        browser.type("#text", "   ");
        browser.press("#text", CONTROL_ENTER);
        page.awaitState("error");
        assertEquals("input is empty: there is nothing to say.", page.text("#error"));
        assertEquals("alert", browser.value("document.querySelector('#error').role").asText());
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, otherwise);
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
