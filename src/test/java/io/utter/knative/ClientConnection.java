package io.utter.knative;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A client's connection. One thread reads all the time, so that a client who leaves is noticed; another serves what was read, in order. */
final class ClientConnection {
    private final Socket socket;
    private final QueueProxyDouble proxy;
    private final BlockingQueue<Optional<Request>> requests = new LinkedBlockingQueue<>();
    private Optional<Passage> running = Optional.empty(); // this and the next: guarded by this
    private boolean left;

    private record Request(Head head, byte[] body) {}

    ClientConnection(Socket socket, QueueProxyDouble proxy) {
        this.socket = socket;
        this.proxy = proxy;
    }

    void start() {
        Thread.ofVirtual().name("client-reader").start(this::read);
        Thread.ofVirtual().name("client-server").start(this::serve);
    }

    private void read() {
        try {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Optional<Head> head = Head.read(in); head.isPresent(); head = Head.read(in)) {
                requests.add(Optional.of(new Request(head.get(), Body.ofRequest(head.get(), in).all())));
            }
        } catch (IOException e) {
            // gone as well
        }
        requests.add(Optional.empty());
        clientLeft();
    }

    private void serve() {
        try (socket) {
            boolean again = true;
            while (again) {
                Optional<Request> request = requests.take();
                again = request.isPresent() && serve(request.get());
            }
        } catch (IOException | InterruptedException e) {
            // closes it
        } finally {
            proxy.closed(this);
        }
    }

    /** False: the connection is of no more use. */
    private boolean serve(Request request) throws IOException, InterruptedException {
        ClientResponse response = new ClientResponse(socket.getOutputStream());
        if (proxy.answersProbe(request.head(), response)) {
            return response.whole();
        }
        Passage passage = proxy.passage(request.head(), request.body(), socket.getInetAddress(), response);
        try {
            if (!begin(passage)) {
                return false;
            }
            passage.run();
        } finally {
            end();
            proxy.ended();
        }
        return response.whole() && request.head().get("Connection").filter("close"::equalsIgnoreCase).isEmpty();
    }

    /** False: there is nobody left to begin it for. */
    private synchronized boolean begin(Passage passage) {
        running = Optional.of(passage);
        return !left;
    }

    private synchronized void end() {
        running = Optional.empty();
    }

    private synchronized void clientLeft() {
        left = true;
        running.ifPresent(Passage::clientLeft);
    }

    void close() throws IOException {
        socket.close();
    }
}
