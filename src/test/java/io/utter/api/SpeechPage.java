package io.utter.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.utter.testing.Browser;

import java.net.URI;

/** The page at {@code /}, as it is in a browser now. */
record SpeechPage(Browser browser) {
    private static final String DATA = "document.querySelector('#speech').dataset";

    /** Visits it, and waits until it can speak. */
    static SpeechPage visit(Browser browser, URI address) {
        browser.visit(address);
        SpeechPage page = new SpeechPage(browser);
        page.awaitState("idle");
        return page;
    }

    void speak() {
        browser.click("#speak");
    }

    /** Waits for this state, or one that no other follows. */
    void awaitState(String state) {
        browser.await("['%s', 'done', 'incomplete', 'error', 'stopped'].includes(%s.state)".formatted(state, DATA));
    }

    void awaitData(String name) {
        browser.await("'%s' in %s".formatted(name, DATA));
    }

    String state() {
        return data().get("state").asText();
    }

    double number(String name) {
        JsonNode value = data().path(name);
        return value.isMissingNode() ? Double.NaN : Double.parseDouble(value.asText());
    }

    JsonNode data() {
        return browser.value("({ ..." + DATA + " })");
    }

    String text(String selector) {
        return browser.value("document.querySelector('" + selector + "').textContent").asText();
    }
}
