package io.utter.knative;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A queue-proxy that behaves as Knative's was seen to (see the package's table), in this process and with any timeouts. */
final class QueueProxyDouble implements QueueProxy {
    private static final List<String> PROBERS = List.of("kube-probe/", "Knative-Activator-Probe", "Knative-Autoscaling-Probe");
    private static final String PROBE_HEADER = "K-Network-Probe";
    private static final String NAME = "queue";
    private static final Duration POLL = Duration.ofMillis(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Revision revision;
    private final int appPort;
    private final ServerSocket listener;
    private final Breaker breaker;
    private final ReadinessProbe readiness;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger passages = new AtomicInteger();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();
    private final CompletableFuture<Void> exit = new CompletableFuture<>();
    private volatile boolean draining;
    private volatile long lastArrival;

    private QueueProxyDouble(int appPort, Revision revision) throws IOException {
        this.revision = revision;
        this.appPort = appPort;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.breaker = new Breaker(revision.containerConcurrency());
        this.readiness = new ReadinessProbe(appPort);
    }

    static QueueProxyDouble start(int appPort, Revision revision) throws IOException {
        QueueProxyDouble proxy = new QueueProxyDouble(appPort, revision);
        Thread.ofVirtual().name("queue-proxy").start(proxy::accept);
        return proxy;
    }

    private void accept() {
        try {
            while (true) {
                ClientConnection connection = new ClientConnection(listener.accept(), this);
                connections.add(connection);
                connection.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    Passage passage(Head request, byte[] body, InetAddress client, ClientResponse response) {
        lastArrival = System.nanoTime();
        passages.incrementAndGet();
        return new Passage(revision, breaker, appPort, request, body, client, response);
    }

    void ended() {
        passages.decrementAndGet();
    }

    void closed(ClientConnection connection) {
        connections.remove(connection);
    }

    /** Answers what the kubelet, the activator and the autoscaler ask; false if it is a request for the application. */
    boolean answersProbe(Head request, ClientResponse response) throws IOException, InterruptedException {
        String agent = request.get("User-Agent").orElse("");
        if (PROBERS.stream().noneMatch(agent::startsWith)) {
            return false;
        }
        String asked = request.get(PROBE_HEADER).orElse("");
        if (draining) {
            response.answer("503 Service Unavailable", "shutting down\n");
        } else if (!asked.equals(NAME)) {
            response.answer("400 Bad Request", "unexpected probe header value: " + asked + "\n");
        } else if (readiness.await()) {
            response.answer("200 OK", NAME);
        } else {
            response.answer("503 Service Unavailable", "");
        }
        return true;
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public void awaitInside(int requests) throws InterruptedException {
        long begun = System.nanoTime();
        while (breaker.inside() != requests) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new IllegalStateException("There are " + breaker.inside() + " requests inside, not " + requests);
            }
            Thread.sleep(POLL);
        }
    }

    @Override
    public CompletableFuture<Void> drain() {
        lastArrival = System.nanoTime();
        draining = true;
        Thread.ofVirtual().name("drain").start(this::awaitQuietThenExit);
        return quiet;
    }

    private void awaitQuietThenExit() {
        try {
            long period = revision.quietPeriod().toNanos();
            for (long left = period; left > 0; left = period - (System.nanoTime() - lastArrival)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            listener.close();
            quiet.complete(null);
            while (passages.get() > 0) {
                Thread.sleep(POLL);
            }
            close();
            exit.complete(null);
        } catch (InterruptedException | IOException e) {
            exit.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Void> exit() {
        return exit;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (ClientConnection connection : connections) {
            connection.close();
        }
    }
}
