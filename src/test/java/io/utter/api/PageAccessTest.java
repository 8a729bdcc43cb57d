package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeechService;
import io.utter.testing.Browser;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether the page can be used by those who see little, hear it read, or have a keyboard or a phone only. */
@QuarkusTest
@TestProfile(VoicesTest.WithUploads.class)
class PageAccessTest {
    private static final String TAB = "\uE004";
    private static final String ENTER = "\uE007";
    private static final String SPACE = " ";
    private static final String DOWN = "\uE015";
    private static final String CONTROLS = "button, input, select, textarea, canvas, audio, dialog, pre, [role], main, section, ol, ul, fieldset";
    private static final int DESKTOP = 1000;
    private static final int TALL = 2500;
    private static final int NARROWEST_PHONE = 320;

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
        service.forget();
        browser.resize(DESKTOP, TALL);
        page = SpeechPage.visit(browser, address);
    }

    /** Everything that can be on the page is on it: a speech, its request, a reading, an added voice, errors. */
    private void showAll() {
        page.speakToTheEnd();
        browser.value("document.querySelectorAll('details').forEach((panel) => panel.setAttribute('open', ''))");
        browser.await("document.querySelector('.phones') !== null");
        browser.value("""
                (() => {
                  const form = new FormData();
                  form.set('name', 'Averylongnameofavoicethatfitsnoline'.repeat(2));
                  form.set('audio_sample', new Blob(['x']), 'x.wav');
                  return fetch('/v1/audio/voices', { method: 'POST', body: form });
                })()""");
        browser.type("#name", "Eve");
        browser.click("#consent");
        browser.click("#add");
        browser.await("document.querySelector('#adding-error').textContent !== ''");
        page.fill("#top-k", "0");
        page.speak();
        page.awaitState("error");
        browser.value("document.querySelectorAll('[hidden]').forEach((part) => { part.hidden = false; })");
    }

    @Test
    void everyControlHasAName() {
        showAll();
        browser.value("document.querySelector('#key-dialog').show()");
        Map<String, String> names = browser.names(CONTROLS);
        assertTrue(names.size() > 30, names::toString);
        List<String> unnamed = names.entrySet().stream().filter(entry -> entry.getValue().isBlank()).map(Map.Entry::getKey).toList();
        assertEquals(List.of(), unnamed.stream().filter(id -> !mayBeUnnamed(id)).toList());
        // a hint inside a field is a name, too, but gone as soon as something is typed
        assertEquals(List.of(), strings("[...document.querySelectorAll('input, select, textarea')].filter((field) => field.labels.length === 0).map(({ id }) => id)"));
    }

    /** Live regions say what is in them; the page's main part is told by its heading. */
    private static boolean mayBeUnnamed(String id) {
        return browser.value("document.getElementById('" + id + "')?.matches('[role=status], [role=alert], main') === true").asBoolean();
    }

    @Test
    void idsAreUniqueAndReferencesLeadSomewhere() {
        showAll();
        assertEquals(List.of(), strings("""
                [...document.querySelectorAll('[id]')].map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i)"""));
        assertEquals(List.of(), strings("""
                ['for', 'aria-describedby', 'aria-labelledby', 'aria-errormessage'].flatMap((name) =>
                  [...document.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name))).filter((id) => !document.getElementById(id))"""));
    }

    /** WCAG 2.2: 4.5 for text, 3 for the borders of what can be operated. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void contrastIsEnough(String scheme) {
        browser.prefer("prefers-color-scheme", scheme);
        try {
            showAll();
            browser.value("document.querySelector('#key-dialog').show()");
            JsonNode found = browser.value("""
                    (() => {
                      const rgba = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
                      const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
                      const luminance = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
                      const contrast = (one, other) => {
                        const [dark, light] = [one, other].map((color) => luminance(rgba(color))).sort((a, b) => a - b);
                        return (light + 0.05) / (dark + 0.05);
                      };
                      const ground = (element) => {
                        for (let up = element; up; up = up.parentElement) {
                          const color = getComputedStyle(up).backgroundColor;
                          if (rgba(color).a > 0) { return color; }
                        }
                        throw new Error('no ground');
                      };
                      const shown = [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !element.matches(':disabled, option, optgroup'));
                      const texts = shown.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) || element.matches('textarea, select'))
                        .map((element) => [element, contrast(getComputedStyle(element).color, ground(element)), 4.5]);
                      const hints = shown.filter((element) => element.placeholder)
                        .map((element) => [element, contrast(getComputedStyle(element, '::placeholder').color, ground(element)), 4.5]);
                      const borders = shown.filter((element) => element.matches('button, textarea, select, input:not([type]), input[type=password]'))
                        .map((element) => [element, contrast(getComputedStyle(element).borderTopColor, ground(element.parentElement)), 3]);
                      return { checked: [texts.length, hints.length, borders.length, rgba(getComputedStyle(document.body).backgroundColor).r],
                        poor: [...texts, ...hints, ...borders].filter(([, found, least]) => found < least)
                          .map(([element, found]) => `${element.outerHTML.slice(0, 80)}: ${found.toFixed(2)}`) };
                    })()""");
            assertEquals(List.of(), found.get("poor").valueStream().map(JsonNode::asText).toList());
            assertTrue(found.get("checked").get(0).asInt() > 50 && found.get("checked").get(1).asInt() >= 4 && found.get("checked").get(2).asInt() > 20,
                    found::toString);
            assertEquals(scheme.equals("dark"), found.get("checked").get(3).asInt() < 128, "it is in the scheme that is preferred");
        } finally {
            browser.prefer("prefers-color-scheme", "");
        }
    }

    @Test
    void aPhoneShowsAllOfItsWidth() {
        page.fill("#text", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3));
        showAll();
        browser.resize(NARROWEST_PHONE, TALL);
        assertEquals(List.of(), strings("""
                [...document.querySelectorAll('body *')].filter((element) => element.checkVisibility() && !element.matches('.unseen, option, optgroup')
                  && element.getBoundingClientRect().right > document.documentElement.clientWidth).map((element) => element.outerHTML.slice(0, 80))"""));
        assertTrue(browser.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth").asBoolean());
    }

    @Test
    void nothingMovesWhenItSpeaks() {
        String places = "[...document.querySelectorAll('main [id]')].filter((e) => e.checkVisibility()).map((e) => `${e.id} ${e.getBoundingClientRect().top} ${e.getBoundingClientRect().height}`)";
        List<String> before = strings(places);
        page.speakToTheEnd();
        assertEquals(before, strings(places));
    }

    @Test
    void allOfItCanBeReachedByKeyboardInTheOrderOfThePage() {
        page.speakToTheEnd();
        browser.value("document.querySelectorAll('details').forEach((panel) => panel.setAttribute('open', ''))");
        browser.value("document.querySelector('#text').focus()"); // the first
        List<String> expected = strings("""
                [...document.querySelectorAll('button, input, select, textarea, summary, pre')].filter((control) => control.checkVisibility()
                  && !control.disabled && (control.type !== 'radio' || control.checked)).map((control) => control.id || control.parentElement.id || control.value)""");
        List<String> reached = new ArrayList<>();
        for (String id : expected) {
            if (!reached.isEmpty()) {
                browser.press(TAB);
            }
            reached.add(browser.value("((control) => control.id || control.parentElement.id || control.value)(document.activeElement)").asText());
            assertTrue(browser.value("""
                    document.activeElement.matches(':focus-visible') && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2
                      && getComputedStyle(document.activeElement).outlineStyle === 'solid'""").asBoolean(), () -> "the focus is not seen on " + id + ", or is not there; so far " + reached);
        }
        assertEquals(expected, reached);
    }

    @Test
    void aKeyboardIsEnough() throws InterruptedException {
        tabTo("text");
        browser.press(" Aye.");
        tabTo("voice");
        browser.press("B");
        tabTo("language");
        browser.press(DOWN);
        tabTo("speak");
        browser.press(ENTER);
        page.awaitState("done");
        var asked = service.request();
        assertTrue(asked.input().contains(" Aye."), asked::input);
        assertEquals("bob", asked.voice());
        assertEquals("en", asked.language().orElseThrow());
        tabTo("code");
        browser.press(SPACE);
        tabTo("curl");
        browser.press(DOWN);
        assertTrue(page.text("#snippet").startsWith("from openai"), () -> page.text("#snippet"));
        tabTo("copy");
        browser.press(SPACE);
        browser.await("document.querySelector('#copied').textContent !== ''");
    }

    /** By Tab, from where the focus is. */
    private void tabTo(String id) {
        for (int presses = 0; presses < 50; presses++) {
            browser.press(TAB);
            if (browser.value("((control) => [control.id, control.parentElement.id, control.value])(document.activeElement)").toString().contains("\"" + id + "\"")) {
                return;
            }
        }
        throw new AssertionError(id + " is not reached");
    }

    private static List<String> strings(String expression) {
        return browser.value(expression).valueStream().map(JsonNode::asText).collect(Collectors.toList());
    }
}
