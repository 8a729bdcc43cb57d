package io.utter.knative;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * One request's way through the proxy: a thread carries it to the application and the response back, and the caller's thread watches the
 * clocks. Interrupting the carrier takes it out of the queue, or closes its connection to the application.
 */
final class Passage {
    private static final Set<String> NOT_FORWARDED = Set.of("connection", "keep-alive", "proxy-connection", "proxy-authenticate",
            "proxy-authorization", "te", "transfer-encoding", "upgrade", "knative-serving-namespace", "knative-serving-revision");

    private final Revision revision;
    private final Breaker breaker;
    private final int appPort;
    private final Head request;
    private final byte[] body;
    private final InetAddress client;
    private final ClientResponse response;
    private final long arrived = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread carrier = Thread.ofVirtual().name("carrier").unstarted(this::carry);

    Passage(Revision revision, Breaker breaker, int appPort, Head request, byte[] body, InetAddress client, ClientResponse response) {
        this.revision = revision;
        this.breaker = breaker;
        this.appPort = appPort;
        this.request = request;
        this.body = body;
        this.client = client;
        this.response = response;
    }

    /** Comes back when the response has ended, well or not. */
    void run() throws InterruptedException, IOException {
        carrier.start();
        try {
            while (!done.await(nanosLeft(), TimeUnit.NANOSECONDS)) {
                if (nanosLeft() <= 0) {
                    response.timeOut();
                    return;
                }
            }
        } finally {
            carrier.interrupt();
        }
    }

    void clientLeft() {
        response.breakOff();
        carrier.interrupt();
    }

    private long nanosLeft() {
        long wall = left(revision.timeout(), arrived);
        long start = response.begun() ? Long.MAX_VALUE : revision.responseStart().map(limit -> left(limit, arrived)).orElse(Long.MAX_VALUE);
        long idle = revision.idle().map(limit -> left(limit, response.lastWrite())).orElse(Long.MAX_VALUE);
        return LongStream.of(wall, start, idle).min().getAsLong();
    }

    private static long left(Duration limit, long since) {
        return limit.toNanos() - (System.nanoTime() - since);
    }

    private void carry() {
        try {
            if (!breaker.enter()) {
                response.answer("503 Service Unavailable", "pending request queue full\n");
                return;
            }
            try {
                breaker.awaitSlot();
                try {
                    forward();
                } finally {
                    breaker.freeSlot();
                }
            } finally {
                breaker.leave();
            }
        } catch (IOException | InterruptedException e) {
            response.breakOff();
        } finally {
            done.countDown();
        }
    }

    private void forward() throws IOException {
        try (Socket app = new Socket()) {
            Head head;
            InputStream in;
            try {
                app.connect(new InetSocketAddress("127.0.0.1", appPort));
                OutputStream out = app.getOutputStream();
                out.write(forwarded().bytes());
                out.write(body);
                in = new BufferedInputStream(app.getInputStream());
                do {
                    head = Head.read(in).orElseThrow(() -> new IOException("EOF"));
                } while (head.status() < 200);
            } catch (IOException e) {
                response.answer("502 Bad Gateway", e.getMessage() + "\n");
                return;
            }
            relay(head, in);
        }
    }

    private void relay(Head head, InputStream in) throws IOException {
        Body theirs = Body.ofResponse(head, in);
        response.begin(head.without("Connection").without("Keep-Alive"));
        for (byte[] next = theirs.next(); next.length > 0; next = theirs.next()) {
            response.write(next);
        }
        response.end(theirs.trailers());
    }

    private Head forwarded() {
        String peer = client.getHostAddress();
        String before = request.get("X-Forwarded-For").map(hops -> hops + ", ").orElse("");
        Head pruned = request.without(name -> NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT)))
                .without("X-Forwarded-For").without("Content-Length")
                .with("X-Forwarded-For", before + peer);
        Head sized = body.length > 0 ? pruned.with("Content-Length", Integer.toString(body.length)) : pruned;
        return Forwarded.of(request).map(value -> sized.with("Forwarded", value)).orElse(sized);
    }
}
