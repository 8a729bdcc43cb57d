package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.audio.WavHeader;
import io.utter.fake.FakeSpeechService;
import io.utter.testing.Browser;
import io.utter.voice.Consent;
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

/** Voices of one's own, on the page of a server that keeps how people have agreed. */
@QuarkusTest
@TestProfile(ConsentsTest.WithConsents.class)
class ConsentPageTest {
    private static final byte[] RECORDING = {1, 2, 3, 0, -1};

    private static Browser browser;

    @Inject
    FakeSpeechService service;

    @Inject
    Consents consents;

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
        consents.registry().all().forEach(consent -> consents.registry().remove(consent.id()));
        page = SpeechPage.visit(browser, address);
        browser.click("#voices summary");
    }

    @Test
    void aVoiceRestsOnARecordingOfTheAgreement() throws Exception {
        browser.press("#recording", Files.write(folder.resolve("eve.mp3"), RECORDING).toString());
        browser.type("#name", "Eve");
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent.startsWith('Of the agreement: recording is missing')");
        assertEquals("agreement", page.focused());
        browser.press("#agreement", Files.write(folder.resolve("yes.wav"), WavHeader.file(new float[16_000], 16_000)).toString());
        browser.click("#add");
        browser.await("document.querySelector('#added').textContent === 'Eve was added, and is chosen.'");
        List<Consent> kept = consents.registry().all();
        assertEquals(List.of("Eve"), kept.stream().map(Consent::name).toList());
        assertTrue(service.voices().stream().anyMatch(voice -> voice.consent().filter(kept.getFirst().id()::equals).isPresent()));
        assertFalse(browser.value("document.querySelector('#consent').checkVisibility()").asBoolean(), "a tick is not what is asked for");
    }

    @Test
    void whatNoVoiceRestsOnIsNotKept() throws Exception {
        browser.press("#agreement", Files.write(folder.resolve("yes.wav"), WavHeader.file(new float[16_000], 16_000)).toString());
        browser.type("#name", "Eve");
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent.startsWith('audio_sample is missing')");
        assertEquals("recording", page.focused());
        assertEquals(List.of(), consents.registry().all());
    }
}
