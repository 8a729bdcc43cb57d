package io.utter.cli;

import io.quarkus.runtime.Quarkus;
import io.utter.audio.encoder.AudioFormat;
import io.utter.error.UtterException.Failed;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A server's life in a few seconds: start, requests as callers and orchestrators send them, end. What the virtual machine learns meanwhile
 * makes an AOT cache ({@code -XX:AOTCacheOutput}), with which later starts take half as long.
 */
@Command(name = "rehearse", description = "Starts the server, speaks through it and stops: trains an AOT cache.",
        mixinStandardHelpOptions = true, versionProvider = Version.class)
final class Rehearse implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
    private static final String SPEECH = "/v1/audio/speech";
    private static final String PHONEMES = "/v1/audio/phonemes";
    /** Some 5 seconds of speech. */
    private static final String LONG = "This is a rehearsal, in which everything is said once that will be said again later on.";
    /** By language; a model refuses those that it lacks. */
    private static final Map<String, String> TEXTS = Map.of("auto", "Hello, 你好，今天3点。こんにちは。", "zh", "我们一起去看电影吧。", "ja", "今日はいい天気ですね。",
            "ko", "안녕하세요, 만나서 반갑습니다.", "yue", "我哋一齊去睇戲啦。");
    private static final List<String> LOOKS = List.of("/", "/v1/models", "/v1/audio/voices", "/q/health/started", "/q/health/live", "/q/metrics");

    private final HttpClient client = HttpClient.newHttpClient();
    private String address;

    @Override
    public Integer call() throws IOException {
        int port = freePort();
        address = "http://localhost:" + port;
        System.setProperty("quarkus.http.port", String.valueOf(port));
        System.setProperty("quarkus.http.host", "localhost");
        Thread.ofVirtual().start(this::callAndStop);
        Serve.withDefaults();
        return Serve.STILL_RUNNING;
    }

    private void callAndStop() {
        int exitCode = ExitCodes.FAILED;
        try {
            awaitReady();
            for (AudioFormat format : AudioFormat.available()) {
                check(speech("{\"input\": \"One, two, three. This is a rehearsal.\", \"response_format\": \"" + format.id() + "\"}"));
            }
            speakAsItself();
            for (String path : LOOKS) {
                check(HttpRequest.newBuilder(URI.create(address + path)).build());
            }
            for (Map.Entry<String, String> text : TEXTS.entrySet()) {
                client.send(HttpRequest.newBuilder(URI.create(address + PHONEMES + "?language=" + text.getKey() + "&input="
                        + URLEncoder.encode(text.getValue(), StandardCharsets.UTF_8))).build(), HttpResponse.BodyHandlers.discarding());
            }
            exitCode = ExitCodes.OK;
        } catch (IOException | Failed e) {
            System.err.println("utter: the rehearsal failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Quarkus.asyncExit(exitCode);
        }
    }

    /** Has a voice made of what the server has said; models without the networks for that refuse it, after they have listened. */
    private void speakAsItself() throws IOException, InterruptedException {
        HttpResponse<byte[]> said = client.send(speech("{\"input\": \"" + LONG + "\", \"response_format\": \"wav\"}"), HttpResponse.BodyHandlers.ofByteArray());
        client.send(speech("{\"input\": \"Hello.\", \"reference\": {\"audio\": \"" + Base64.getEncoder().encodeToString(said.body())
                + "\", \"transcript\": \"" + LONG + "\"}}"), HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest speech(String body) {
        return HttpRequest.newBuilder(URI.create(address + SPEECH)).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private void awaitReady() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        HttpRequest ready = HttpRequest.newBuilder(URI.create(address + "/q/health/ready")).build();
        while (Instant.now().isBefore(end)) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not listening yet
            }
            Thread.sleep(BETWEEN_TRIES);
        }
        throw new Failed("not_ready", "the server did not become ready", null);
    }

    private void check(HttpRequest request) throws IOException, InterruptedException {
        int status = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode();
        if (status != 200) {
            throw new Failed("rehearsal_failed", request.uri().getPath() + " answered " + status, null);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
