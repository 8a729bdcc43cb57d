package io.utter.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a process of its own, on a free port. */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread reader;

    private ServerProcess(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::readLog);
    }

    /** @param properties more of them, each {@code -Dname=value} */
    public static ServerProcess start(Path models, String... properties) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Dquarkus.http.port=0", "-Dquarkus.http.host=127.0.0.1", "-Dutter.models=" + models.toAbsolutePath()));
        all.addAll(List.of(properties));
        return new ServerProcess(new ProcessBuilder(Packaged.command(all.toArray(String[]::new))).redirectErrorStream(true).start());
    }

    public long pid() {
        return process.pid();
    }

    public int port() throws Exception {
        return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public void awaitReady() throws Exception {
        ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server does not end; its log: " + log);
        }
        reader.join();
        return process.exitValue();
    }

    /** What it has written, once it has ended. */
    public List<String> log() {
        return log;
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    port.complete(Integer.valueOf(listening.group(1)));
                }
                if (line.contains("ready in")) {
                    ready.complete(null);
                }
            }
        } catch (IOException e) {
            log.add(e.toString());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
