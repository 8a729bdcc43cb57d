package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.audio.WavReader;
import io.utter.audio.Waveform;
import io.utter.fake.FakeSpeechService;
import io.utter.speech.Reference;
import io.utter.testing.Browser;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Voices of one's own, on the page. */
@QuarkusTest
@TestProfile(VoicesTest.WithUploads.class)
class VoicesPageTest {
    private static final byte[] RECORDING = {1, 2, 3, 0, -1};

    private static Browser browser;

    @Inject
    FakeSpeechService service;

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
        service.forget();
        page = SpeechPage.visit(browser, address);
        browser.click("#voices summary");
    }

    @Test
    void aVoiceIsAddedFromAFileThenChosenAndDeleted() throws Exception {
        browser.press("#recording", Files.write(folder.resolve("eve.mp3"), RECORDING).toString());
        browser.type("#transcript", "Some words.");
        page.choose("#spoken", "ja");
        browser.type("#name", "Eve");
        browser.click("#consent");
        browser.click("#add");
        browser.await("document.querySelector('#added').textContent === 'Eve was added, and is chosen.'");
        assertEquals(new Reference(RECORDING, List.of(), Optional.of("Some words."), Optional.of("ja")), service.reference());
        assertEquals("eve", browser.value("document.querySelector('#voice').value").asText());
        assertEquals(List.of("Delete Eve"), List.copyOf(browser.names("#own button").values()), "the model's own stay");

        browser.click("#own button");
        browser.accept();
        browser.await("document.querySelector('#added').textContent === 'Eve was deleted.'");
        assertEquals(List.of("ada", "bob"), browser.value("[...document.querySelector('#voice').options].map((o) => o.value)").valueStream()
                .map(JsonNode::asText).toList());
        assertEquals("add", page.focused());
    }

    @Test
    void aVoiceIsRecordedAsWav() throws Exception {
        browser.console(); // what was said before is another test's
        browser.click("#record");
        browser.await("parseFloat(document.querySelector('#recorded').textContent) >= 1.5"); // the microphone beeps every second
        browser.click("#record");
        browser.type("#name", "Eve");
        browser.click("#consent");
        browser.click("#add");
        browser.await("document.querySelector('#added').textContent === 'Eve was added, and is chosen.'");
        Reference sent = service.reference();
        assertEquals(Optional.empty(), sent.transcript());
        Waveform heard = WavReader.read(sent.recording(), 10);
        assertTrue(heard.seconds() >= 1.5, () -> heard.seconds() + " s");
        assertTrue(heard.peak() > 0.1, () -> "loudest sample " + heard.peak());
        assertTrue(browser.console().isEmpty(), "what it needs is allowed by its content security policy");
    }

    @Test
    void whatIsMissingIsSaidAndFound() throws Exception {
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent === 'Nobody’s voice is taken without consent.'");
        assertEquals("consent", page.focused());
        browser.click("#consent");
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent === 'name is missing.'");
        assertEquals("name", page.focused());
        browser.type("#name", "Eve");
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent.startsWith('audio_sample is missing')");
        assertEquals("recording", page.focused());
        browser.press("#recording", Files.write(folder.resolve("eve.mp3"), RECORDING).toString());
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent === ''");
        assertArrayEquals(RECORDING, service.reference().recording());
    }
}
