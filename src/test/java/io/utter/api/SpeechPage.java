package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.utter.testing.Browser;

import java.net.URI;
import java.util.List;

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

    /** As if typed, with characters that no keyboard has. */
    void fill(String selector, String text) {
        browser.value("Object.assign(document.querySelector('%s'), { value: %s }).dispatchEvent(new InputEvent('input', { bubbles: true }))"
                .formatted(selector, TextNode.valueOf(text)));
    }

    /** Chooses an option of a list by its value. */
    void choose(String selector, String value) {
        browser.click(selector + " option[value='" + value + "']");
    }

    void speakToTheEnd() {
        speak();
        awaitState("done");
        assertEquals("done", state(), () -> text("#error"));
    }

    /** Id of the element that keys go to. */
    String focused() {
        return browser.value("document.activeElement.id").asText();
    }

    /** The request that the page shows for a client: {@code curl}, {@code python} or {@code node}. */
    String snippet(String client) {
        browser.value("document.querySelector('#code').setAttribute('open', '')");
        browser.click("[name=client][value=" + client + "]");
        return text("#snippet");
    }

    /** The highest bar of each tenth of the waveform, as a share of its height, once it is drawn. */
    List<Double> waveform() {
        return browser.value("""
                new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => {
                  const canvas = document.querySelector('#waveform');
                  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  const bar = (x) => Array.from({ length: height }, (_, y) => data[(y * width + x) * 4 + 3]).filter((alpha) => alpha > 0).length;
                  return Array.from({ length: 10 }, (_, tenth) => Math.max(
                      ...Array.from({ length: Math.floor(width / 10) }, (_, x) => bar(Math.floor(tenth * width / 10) + x))) / height);
                })""").valueStream().map(JsonNode::asDouble).toList();
    }

    void speak() {
        browser.click("#speak");
    }

    /** Waits for this state, or one that no other follows. */
    void awaitState(String state) {
        browser.await("['%s', 'done', 'incomplete', 'error', 'stopped', 'locked'].includes(%s.state)".formatted(state, DATA));
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
