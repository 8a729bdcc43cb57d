package io.utter.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Assumptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium with a profile of its own, driven through chromedriver as W3C WebDriver says. Needs Debian's {@code chromium} and
 * {@code chromium-driver}.
 */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf"; // the key WebDriver gives element references
    private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"); // which beeps
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path profile;
    private final Process driver;
    private final String session;

    private Browser() throws IOException {
        profile = Files.createTempDirectory("utter-chromium");
        driver = new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
        String root = "http://127.0.0.1:" + port(driver.inputReader());
        session = root + "/session/" + send("POST", root + "/session", capabilities()).get("sessionId").asText();
    }

    /** Opens one; skips the test where there is no Chromium, unless the environment says {@code CI}. */
    public static Browser open() throws IOException {
        boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        Assumptions.assumeTrue(installed || System.getenv("CI") != null,
                "Skipped: the page is tested in Chromium, which is not installed (apt-get install chromium chromium-driver).");
        return new Browser();
    }

    public void visit(URI page) {
        send("POST", session + "/url", Map.of("url", page.toString()));
    }

    public void click(String selector) {
        send("POST", element(selector) + "/click", Map.of());
    }

    /** Replaces what a text field holds, key by key. */
    public void type(String selector, String text) {
        String element = element(selector);
        send("POST", element + "/clear", Map.of());
        send("POST", element + "/value", Map.of("text", text));
    }

    /** Presses {@code keys}, WebDriver's codes included, with the focus in {@code selector}. */
    public void press(String selector, String keys) {
        send("POST", element(selector) + "/value", Map.of("text", keys));
    }

    /** Presses {@code keys}, WebDriver's codes included, one after the other, wherever the focus is. */
    public void press(String keys) {
        List<Map<String, Object>> actions = keys.codePoints().mapToObj(Character::toString)
                .flatMap(key -> Stream.of("keyDown", "keyUp").map(type -> Map.<String, Object>of("type", type, "value", key))).toList();
        send("POST", session + "/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", actions))));
    }

    /** Says yes to the question that the page asks in a window of the browser's. */
    public void accept() {
        send("POST", session + "/alert/accept", Map.of());
    }

    /** What the browser tells assistive technology that each of these elements is called. */
    public Map<String, String> names(String selector) {
        Map<String, String> names = new LinkedHashMap<>();
        send("POST", session + "/elements", Map.of("using", "css selector", "value", selector)).forEach(found -> {
            String element = session + "/element/" + found.get(ELEMENT).asText();
            String id = send("GET", element + "/property/id", null).asText();
            names.put(id.isEmpty() ? element : id, send("GET", element + "/computedlabel", null).asText());
        });
        return names;
    }

    /** From now on the window is so wide, in CSS pixels. */
    public void resize(int width, int height) {
        command("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** From now on the user prefers this, of all media features: {@code prefers-color-scheme: dark}. */
    public void prefer(String feature, String value) {
        command("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    /** From now on files are saved there, without a question. */
    public void saveTo(Path folder) {
        command("Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** A command of the DevTools protocol. */
    private void command(String name, Map<String, Object> parameters) {
        send("POST", session + "/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
    }

    /** What the JavaScript expression is, once a promise that it may be is kept. */
    public JsonNode value(String expression) {
        return send("POST", session + "/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
    }

    /** Waits until the JavaScript condition holds; it is looked at whenever the page changes. */
    public void await(String condition) {
        value("""
                new Promise((resolve) => {
                  const look = () => (%s) && resolve(true);
                  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
                  look();
                })""".formatted(condition));
    }

    /** What the console has said since the last call, errors of loading included. */
    public JsonNode console() {
        return send("POST", session + "/se/log", Map.of("type", "browser"));
    }

    @Override
    public void close() throws IOException {
        try {
            send("DELETE", session, null);
        } finally {
            driver.destroy();
            driver.onExit().join();
            try (Stream<Path> files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private Object capabilities() {
        List<String> flags = Stream.concat(FLAGS.stream(), Stream.of("--user-data-dir=" + profile)).toList();
        return Map.of("capabilities", Map.of("alwaysMatch", Map.of(
                "browserName", "chrome",
                "goog:chromeOptions", Map.of("binary", CHROMIUM.toString(), "args", flags),
                "goog:loggingPrefs", Map.of("browser", "ALL"),
                "timeouts", Map.of("script", DEADLINE.toMillis(), "pageLoad", DEADLINE.toMillis()))));
    }

    private String element(String selector) {
        JsonNode found = send("POST", session + "/element", Map.of("using", "css selector", "value", selector));
        return session + "/element/" + found.get(ELEMENT).asText();
    }

    private static String port(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return started.group(1);
            }
        }
        throw new IOException("chromedriver ended without a word about its port");
    }

    private JsonNode send(String method, String address, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address)).timeout(DEADLINE.plusSeconds(10))
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                    .build();
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            JsonNode value = JSON.readTree(response.body()).path("value");
            if (response.statusCode() != 200) {
                throw new AssertionError(value.path("error").asText() + ": " + value.path("message").asText() + " after " + body);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
