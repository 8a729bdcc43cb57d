package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.testing.Browser;
import io.utter.testing.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The page of a server that wants keys. */
@QuarkusTest
@TestProfile(ApiKeysTest.WithKeys.class)
class KeyPageTest {
    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";
    private static final String ASKED = "document.querySelector('#key-dialog').open";

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
        browser.visit(address);
        browser.value("sessionStorage.clear()");
        browser.visit(address);
        page = new SpeechPage(browser);
        browser.await(ASKED);
    }

    @Test
    void itAsksForAKeyUntilItIsRightAndSendsItWithEverything() throws Exception {
        assertEquals("key", page.focused());
        browser.press("a-key-of-nobody" + ENTER);
        browser.await(ASKED + " && document.querySelector('#key-why').textContent === 'There is no such API key.'");
        browser.press(ApiKeysTest.KEY + ENTER);
        page.awaitState("idle");
        page.speakToTheEnd();
        browser.click("#reading summary");
        browser.await("document.querySelector('.phones') !== null");
        assertFalse(browser.value("document.querySelector('#voices').hidden").asBoolean());

        String snippet = page.snippet("curl");
        assertFalse(snippet.contains(ApiKeysTest.KEY), "what is copied is shown to others");
        Program.runLines(folder, Map.of("UTTER_API_KEY", ApiKeysTest.KEY), snippet);
        assertTrue(Files.size(folder.resolve("speech.wav")) > 1000);
    }

    @Test
    void theKeyLastsAsLongAsTheTab() {
        browser.press(ApiKeysTest.KEY + ENTER);
        page.awaitState("idle");
        browser.visit(address);
        page.awaitState("idle");
        assertFalse(browser.value(ASKED).asBoolean());
        assertTrue(browser.value("localStorage.length === 0 && document.cookie === ''").asBoolean());
    }

    @Test
    void whoGivesNoneMayDoSoLater() {
        browser.press(ESCAPE);
        page.awaitState("locked");
        assertTrue(browser.value("document.querySelector('#speak').disabled").asBoolean());
        browser.click("#change-key");
        browser.press(ApiKeysTest.KEY + ENTER);
        page.awaitState("idle");
    }
}
