package io.utter.knative;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Knative's queue-proxy in front of an application on this machine: a stand-in, or the real one. */
interface QueueProxy extends AutoCloseable {
    /**
     * System property: path of the real queue-proxy's executable, which then takes the place of the stand-in. Not below {@code utter.},
     * where a {@code @QuarkusTest} refuses to start with keys that the configuration does not know.
     */
    String EXECUTABLE = "queue-proxy.executable";

    static QueueProxy before(int appPort, Revision revision) throws IOException {
        String executable = System.getProperty(EXECUTABLE, "");
        return executable.isEmpty() ? QueueProxyDouble.start(appPort, revision)
                : QueueProxyExecutable.start(Path.of(executable), appPort, revision);
    }

    int port();

    /** What it was told, as far as it can do it: the real one knows only whole seconds. */
    Revision revision();

    /** Comes back when this many requests are in it, waiting ones included. */
    void awaitInside(int requests) throws InterruptedException;

    /** As at the deletion of the pod. Done when the preStop hook returns, which is when the application gets its SIGTERM. */
    CompletableFuture<Void> drain();

    /** Done when it has been drained and the last request has ended. */
    CompletableFuture<Void> exit();

    @Override
    void close() throws IOException;

    private static Duration wholeSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(1, duration.plusMillis(999).toSeconds()));
    }

    /** The least that the real one can be told. */
    static Revision inWholeSeconds(Revision revision) {
        Optional<Duration> responseStart = revision.responseStart().map(QueueProxy::wholeSeconds);
        Optional<Duration> idle = revision.idle().map(QueueProxy::wholeSeconds);
        return new Revision(revision.containerConcurrency(), wholeSeconds(revision.timeout()), responseStart, idle, Duration.ofSeconds(30));
    }
}
