package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.FakeStream;
import io.utter.fake.Script;
import io.utter.testing.Browser;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The page in a browser, on streams that do not end well. */
@QuarkusTest
@TestProfile(FakeSpeech.class)
class BrokenStreamPageTest {
    private static Browser browser;

    @Inject
    FakeSpeechService service;

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
        page = SpeechPage.visit(browser, address);
        service.forget();
    }

    @Test
    void aStreamThatBreaksOffIsReportedAsIncomplete() {
        service.next(Script.ofChunks(3).withChunksOf(8001).thenFailing(new IllegalStateException("broken on purpose")));
        page.speak();
        page.awaitState("incomplete");
        assertEquals("incomplete", page.state());
        assertTrue(page.text("#error").startsWith("Incomplete: the audio broke off after 0."), () -> page.text("#error"));
        assertTrue(browser.value("document.querySelector('#download').disabled").asBoolean());
    }

    @Test
    void stopEndsTheStreamOnTheServer() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(1).behind(gate));
        page.speak();
        FakeStream stream = service.stream();
        browser.click("#stop");
        stream.cancelled().get(10, TimeUnit.SECONDS);
        gate.countDown();
        assertEquals("stopped", page.state());
        assertEquals("", page.text("#error"));
    }
}
