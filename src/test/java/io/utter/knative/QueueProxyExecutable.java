package io.utter.knative;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Knative's own queue-proxy ({@code go install knative.dev/serving/cmd/queue@v0.46.0}). It listens on fixed ports of all interfaces, so run
 * the tests in a network namespace of their own: {@code unshare -n sh -c 'ip link set lo up; ./mvnw -o ...'}.
 */
final class QueueProxyExecutable implements QueueProxy {
    private static final URI WAIT_FOR_DRAIN = URI.create("http://127.0.0.1:8022/wait-for-drain");
    private static final File LOG = new File("target/queue-proxy.log");
    private static final Duration SETTLE = Duration.ofMillis(100);
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final int port;
    private final Revision revision;

    private QueueProxyExecutable(Process process, int port, Revision revision) {
        this.process = process;
        this.port = port;
        this.revision = revision;
    }

    static QueueProxyExecutable start(Path executable, int appPort, Revision asked) throws IOException {
        Revision revision = QueueProxy.inWholeSeconds(asked);
        int port = freePort();
        ProcessBuilder command = new ProcessBuilder(executable.toString());
        command.environment().putAll(Map.ofEntries(
                Map.entry("CONTAINER_CONCURRENCY", Integer.toString(revision.containerConcurrency())),
                Map.entry("QUEUE_SERVING_PORT", Integer.toString(port)), Map.entry("QUEUE_SERVING_TLS_PORT", "8112"),
                Map.entry("USER_PORT", Integer.toString(appPort)),
                Map.entry("REVISION_TIMEOUT_SECONDS", Long.toString(revision.timeout().toSeconds())),
                Map.entry("REVISION_RESPONSE_START_TIMEOUT_SECONDS", seconds(revision.responseStart().orElse(Duration.ZERO))),
                Map.entry("REVISION_IDLE_TIMEOUT_SECONDS", seconds(revision.idle().orElse(Duration.ZERO))),
                Map.entry("SERVING_LOGGING_CONFIG", ""), Map.entry("SERVING_LOGGING_LEVEL", "error"),
                Map.entry("SERVING_NAMESPACE", "test"), Map.entry("SERVING_SERVICE", "utter"), Map.entry("SERVING_CONFIGURATION", "utter"),
                Map.entry("SERVING_REVISION", "utter-1"), Map.entry("SERVING_POD", "utter-1-pod"), Map.entry("SERVING_POD_IP", "127.0.0.1"),
                Map.entry("SYSTEM_NAMESPACE", "knative-serving"), Map.entry("POD_NAME", "utter-1-pod"),
                Map.entry("SERVING_READINESS_PROBE", ("{'httpGet':{'path':'/q/health/ready','port':" + appPort
                        + ",'host':'127.0.0.1','scheme':'HTTP'},'successThreshold':1}").replace('\'', '"')),
                Map.entry("OBSERVABILITY_CONFIG", ("{'requestMetrics':{'protocol':'none'},'metrics':{'protocol':'none'},"
                        + "'tracing':{'protocol':'none'},'runtime':{}}").replace('\'', '"'))));
        Process process = command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG)).start();
        awaitPort(port, process);
        return new QueueProxyExecutable(process, port, revision);
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static void awaitPort(int port, Process process) {
        long begun = System.nanoTime();
        while (true) {
            try (Socket _ = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                    throw new IllegalStateException("The queue-proxy does not start; see " + LOG, e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SETTLE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    /** It does not tell; nothing takes this long. */
    @Override
    public void awaitInside(int requests) throws InterruptedException {
        Thread.sleep(SETTLE);
    }

    @Override
    public CompletableFuture<Void> drain() {
        process.destroy();
        return HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(WAIT_FOR_DRAIN).build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(_ -> null);
    }

    @Override
    public CompletableFuture<Void> exit() {
        return process.onExit().thenApply(_ -> null);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
