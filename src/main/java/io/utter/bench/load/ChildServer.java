package io.utter.bench.load;

import io.utter.bench.ProcessUsage;
import io.utter.error.UtterException.Failed;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code serve} from the jar that this process runs from, as a process of its own, with the virtual machine's flags and system properties
 * of this one, on a free port that only this machine reaches.
 */
public final class ChildServer implements ServerUnderTest {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int READY = 200;

    /** Flags by which this process writes files or listens itself. */
    private static final Pattern OWN_FLAGS = Pattern.compile("-XX:AOTCacheOutput=.*|-XX:AOTMode=.*|-agentlib:jdwp.*|-Dquarkus\\.http\\..*");

    private final Process process;
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private volatile String lastWords = "it said nothing";

    private ChildServer(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::readLog);
    }

    /**
     * Returns when it is ready to speak.
     *
     * @throws Failed if this process does not run from the packaged jar, or the server does not become ready
     */
    public static ChildServer start() throws IOException, InterruptedException {
        ChildServer server = new ChildServer(new ProcessBuilder(
                command(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getProperty("java.class.path")))
                        .redirectErrorStream(true).start());
        try {
            server.awaitReady();
            return server;
        } catch (InterruptedException | RuntimeException e) {
            server.process.destroyForcibly();
            throw e;
        }
    }

    static List<String> command(List<String> flags, String classPath) {
        if (!classPath.endsWith(".jar") || classPath.contains(File.pathSeparator)) {
            throw new Failed("no_jar", "this does not run from the packaged jar: start a server and name it with --url", null);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        flags.stream().filter(flag -> !OWN_FLAGS.matcher(flag).matches()).forEach(command::add);
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=0", "-jar", classPath, "serve"));
        return command;
    }

    @Override
    public URI address() {
        return address.resultNow();
    }

    @Override
    public Optional<ProcessUsage> usage() {
        return Optional.of(new ProcessUsage(process.toHandle()));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        try {
            address.get(START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Failed("not_ready", "the server did not start: " + lastWords, e);
        }
        while (!isReady()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new Failed("not_ready", "the server did not become ready: " + lastWords, null);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private boolean isReady() {
        try (HttpStream http = HttpStream.connect(address(), 0)) {
            return http.get("/q/health/ready").patience(START).awaitHead().status() == READY;
        } catch (IOException e) {
            return false;
        }
    }

    private void readLog() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastWords = line;
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(URI.create(listening.group(1)));
                }
            }
        } catch (IOException e) {
            lastWords = e.toString();
        }
        address.completeExceptionally(new IOException("it has ended"));
    }
}
