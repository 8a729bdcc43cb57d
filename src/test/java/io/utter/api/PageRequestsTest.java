package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import io.utter.speech.SpeechRequest;
import io.utter.testing.Browser;
import io.utter.testing.Program;
import io.utter.text.LanguageMode;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** What the page asks the server for, and tells others to ask. */
@QuarkusTest
@TestProfile(VoicesTest.WithUploads.class)
class PageRequestsTest {
    private static final String HARD_TO_QUOTE = "It's \"it\" `id` $HOME ${x} \\ \\n %s !! #\n\nNew line\t'' é 你好 😀 \u2028 \u202e --";
    private static final ObjectMapper JSON = new ObjectMapper();

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
    }

    @Test
    void theLanguagesAreThoseThatThereAre() {
        assertEquals(Stream.concat(Stream.of(""), Arrays.stream(LanguageMode.values()).map(LanguageMode::code)).toList(),
                browser.value("[...document.querySelector('#language').options].map((o) => o.value)").valueStream().map(JsonNode::asText).toList());
    }

    @Test
    void everyChoiceIsAskedFor() throws InterruptedException {
        page.fill("#text", HARD_TO_QUOTE);
        page.choose("#voice", "bob");
        page.choose("#language", "auto_yue");
        page.fill("#speed", "1.25");
        browser.click("#advanced summary");
        browser.type("#seed-asked", "9007199254740991");
        browser.type("#top-k", "5");
        browser.type("#top-p", "0.9");
        browser.type("#temperature", "0.7");
        browser.type("#repetition-penalty", "1.1");
        page.speakToTheEnd();
        assertEquals(new SpeechRequest("hum", "bob", HARD_TO_QUOTE, Optional.of("auto_yue"), 1.25, OptionalLong.of(9007199254740991L), OptionalInt.of(5),
                OptionalDouble.of(0.9), OptionalDouble.of(0.7), OptionalDouble.of(1.1), Optional.empty()), service.request());
    }

    @Test
    void whatIsNotChosenIsLeftToTheServer() throws InterruptedException {
        page.speakToTheEnd();
        SpeechRequest asked = service.request();
        assertEquals(new SpeechRequest("hum", "ada", asked.input(), Optional.empty(), 1, OptionalLong.empty(), OptionalInt.empty(), OptionalDouble.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty()), asked);
    }

    @Test
    void aNumberThatIsNoneIsNotSent() {
        browser.click("#advanced summary");
        browser.type("#seed-asked", "9007199254740992");
        page.speak();
        page.awaitState("error");
        assertEquals("seed must be a whole number below 2^53.", page.text("#error"));
        assertEquals("seed-asked", page.focused());
    }

    @Test
    void aRefusalLeadsToTheFieldThatItIsAbout() {
        page.fill("#top-k", "0");
        page.speak();
        page.awaitState("error");
        assertEquals("top_k is 0; it must be from 1 to 1025.", page.text("#error"));
        assertEquals("top-k", page.focused());
        assertEquals("true", browser.value("document.activeElement.ariaInvalid").asText());
        page.fill("#top-k", "");
        page.speakToTheEnd();
        assertTrue(browser.value("document.querySelector('[aria-invalid]') === null").asBoolean());
    }

    @Test
    void curlAsksForWhatWasPlayed() throws Exception {
        SpeechRequest played = playSomethingHard();
        Program.runLines(folder, Map.of(), page.snippet("curl"));
        assertEquals(played, service.request());
        assertTrue(Files.size(folder.resolve("speech.wav")) > 1000);
    }

    @Test
    void pythonAsksForWhatWasPlayed() throws Exception {
        assumeTrue(Program.isInstalled("python3"), "Skipped: the snippet needs python3.");
        SpeechRequest played = playSomethingHard();
        Files.writeString(folder.resolve("openai.py"), """
                import json
                class OpenAI:
                    def __init__(self, base_url, api_key):
                        self.address = base_url
                        self.audio = self.speech = self.with_streaming_response = self
                    def create(self, extra_body, **fields):
                        print(json.dumps({"address": self.address, **fields, **extra_body}))
                        return self
                    def __enter__(self):
                        return self
                    def __exit__(self, *failure):
                        pass
                    def stream_to_file(self, file):
                        print(json.dumps(file))
                """);
        Files.writeString(folder.resolve("snippet.py"), page.snippet("python"));
        assertAsksFor(played, Program.run(folder, Map.of("PYTHONUTF8", "1"), "python3", "snippet.py").lines().toList());
    }

    @Test
    void nodeAsksForWhatWasPlayed() throws Exception {
        assumeTrue(Program.isInstalled("node"), "Skipped: the snippet needs Node.js.");
        SpeechRequest played = playSomethingHard();
        Path module = Files.createDirectories(folder.resolve("node_modules/openai"));
        Files.writeString(module.resolve("package.json"), "{\"name\": \"openai\", \"type\": \"module\", \"exports\": \"./openai.js\"}");
        Files.writeString(module.resolve("openai.js"), """
                export default class {
                  constructor({ baseURL }) {
                    this.audio = { speech: { create: async (fields) => {
                      console.log(JSON.stringify({ address: baseURL, ...fields }));
                      return new Response('"speech.wav"');
                    } } };
                  }
                }
                """);
        Files.writeString(folder.resolve("snippet.mjs"), page.snippet("node"));
        String said = Program.run(folder, Map.of(), "node", "snippet.mjs");
        assertAsksFor(played, List.of(said.strip(), Files.readString(folder.resolve("speech.wav"))));
    }

    /** The request, with the seed that was drawn for it. */
    private SpeechRequest playSomethingHard() throws InterruptedException {
        page.fill("#text", HARD_TO_QUOTE);
        page.choose("#language", "all_zh");
        page.fill("#speed", "1.25");
        page.fill("#top-p", "0.9");
        page.speakToTheEnd();
        SpeechRequest asked = service.request();
        assertEquals(HARD_TO_QUOTE, asked.input());
        return new SpeechRequest(asked.model(), asked.voice(), asked.input(), asked.language(), asked.speed(), OptionalLong.of((long) page.number("seed")),
                asked.topK(), asked.topP(), asked.temperature(), asked.repetitionPenalty(), asked.reference());
    }

    private void assertAsksFor(SpeechRequest played, List<String> said) throws IOException {
        assertEquals(JSON.createObjectNode().put("address", address.resolve("/v1").toString()).put("model", played.model()).put("voice", played.voice())
                .put("input", played.input()).put("language", "all_zh").put("speed", 1.25).put("seed", (int) played.seed().orElseThrow())
                .put("top_p", 0.9).put("response_format", "wav"), JSON.readTree(said.get(0)));
        assertEquals("\"speech.wav\"", said.get(1));
    }

    @Test
    void theRequestIsThatOfTheChosenFormat() {
        page.speakToTheEnd();
        page.choose("#format", "pcm");
        assertTrue(page.snippet("curl").contains("\"response_format\": \"pcm\"") && page.snippet("curl").endsWith("-o speech.pcm"));
    }

    @Test
    void aDownloadThatFailsSaysWhy() {
        page.speakToTheEnd();
        browser.value("document.querySelector('#format').append(new Option('aiff', 'aiff'))");
        page.choose("#format", "aiff");
        browser.click("#download");
        browser.await("document.querySelector('#error').textContent !== ''");
        assertTrue(page.text("#error").startsWith("This response_format is not supported"), () -> page.text("#error"));
    }

    @Test
    void theReadingFollowsTheText() throws InterruptedException {
        page.choose("#language", "zh");
        browser.click("#reading summary");
        browser.await("document.querySelector('.phones') !== null");
        assertEquals("n i3", page.text(".phones"));
        assertEquals(Optional.of("zh"), service.request().language());
        browser.type("#text", "Else");
        browser.await("document.querySelector('#sentences').textContent.includes('Else')");
        browser.type("#text", " ");
        browser.await("document.querySelector('#reading-error').textContent !== ''");
        assertFalse(page.text("#sentences").contains("Else"));
    }

    @Test
    void theWaveformGrowsWhileSoundComesAndFillsItsPlaceInTheEnd() {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(2).withChunksOf(16000).pausingAfter(1, gate));
        page.speak();
        page.awaitData("firstAudioMs");
        List<Double> half = page.waveform(); // half a second of four
        gate.countDown();
        assertTrue(half.getFirst() > 0.25, half::toString);
        assertTrue(half.subList(2, 10).stream().allMatch(bar -> bar < 0.1), half::toString);
        page.awaitState("done");
        List<Double> whole = page.waveform();
        assertTrue(whole.stream().allMatch(bar -> bar > 0.25 && bar < 0.4), whole::toString); // a sine of 0.3
    }

    @Test
    void whoWantsLessMotionGetsLess() {
        browser.prefer("prefers-reduced-motion", "reduce");
        try {
            browser.value("""
                    (() => {
                      const draw = CanvasRenderingContext2D.prototype.clearRect;
                      window.pictures = 0;
                      CanvasRenderingContext2D.prototype.clearRect = function (...area) { window.pictures++; draw.apply(this, area); };
                    })()""");
            service.next(Script.ofChunks(1).withChunksOf(96000));
            page.speakToTheEnd();
            int pictures = browser.value("window.pictures").asInt();
            assertTrue(pictures > 0 && pictures < 30, () -> pictures + " pictures in 3 seconds"); // sixty a second otherwise
            assertTrue(page.waveform().stream().allMatch(bar -> bar > 0.25));
        } finally {
            browser.prefer("prefers-reduced-motion", "");
        }
    }

    @Test
    void whatWasHeardCanBeHeardAgain() {
        page.speakToTheEnd();
        browser.click("#again");
        page.awaitState("speaking");
        page.awaitState("done");
        assertEquals("done", page.state());
    }
}
