package io.utter.knative;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An application whose every byte a test writes by hand. Only its readiness answers by itself. */
final class ScriptedOrigin implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private volatile boolean ready = true;

    ScriptedOrigin() throws IOException {
        Thread.ofVirtual().name("origin").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void ready(boolean is) {
        ready = is;
    }

    /** The oldest request not taken yet. */
    Call next() throws InterruptedException {
        return Objects.requireNonNull(calls.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no request came");
    }

    boolean sawNoOther() {
        return calls.isEmpty();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().name("origin-connection").start(() -> read(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void read(Socket socket) {
        Optional<Call> last = Optional.empty();
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Optional<Head> head = Head.read(in); head.isPresent(); head = Head.read(in)) {
                byte[] body = Body.ofRequest(head.get(), in).all();
                Call call = new Call(head.get(), new String(body, StandardCharsets.UTF_8), socket, new CompletableFuture<>());
                if (head.get().path().startsWith("/q/health")) {
                    call.send("HTTP/1.1 " + (ready ? "200 OK" : "503 Service Unavailable") + "\r\nContent-Length: 0\r\n\r\n");
                } else {
                    last = Optional.of(call);
                    calls.add(call);
                }
            }
        } catch (IOException e) {
            // closed as well
        }
        last.ifPresent(call -> call.closed().complete(null));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    /**
     * One request, for the test to answer.
     *
     * @param closed done when the proxy has closed its connection
     */
    record Call(Head head, String body, Socket socket, CompletableFuture<Void> closed) {

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void begin() throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Type: audio/pcm\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        void chunk(String text) throws IOException {
            send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
        }

        void end(Head.Field... trailers) throws IOException {
            send("0\r\n" + Head.text(List.of(trailers)));
        }

        /** A whole response. */
        void answer(String text) throws IOException {
            send("HTTP/1.1 200 OK\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        }

        void die() throws IOException {
            socket.close();
        }

        void awaitClosed() throws Exception {
            closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
