package io.utter.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers requests with what it was told to, byte for byte, and closes; the last answer is for all who come later too. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> answers;
    private final AtomicInteger next = new AtomicInteger();

    ScriptedServer(String... answers) throws IOException {
        this.answers = List.of(answers);
        Thread.ofVirtual().start(this::listen);
    }

    /** A complete stream of samples that are all the same. */
    static String speech(int samples, char low) {
        String chunk = (low + "\0").repeat(samples);
        return cutSpeech(samples, low) + "0\r\nX-Audio-Complete: true\r\nX-Audio-Samples: " + chunk.length() / 2 + "\r\n\r\n";
    }

    /** One that lacks its end. */
    static String cutSpeech(int samples, char low) {
        return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Sample-Rate: 32000\r\n\r\n" + Integer.toHexString(2 * samples) + "\r\n"
                + (low + "\0").repeat(samples) + "\r\n";
    }

    static String status(int status, String fields) {
        return "HTTP/1.1 " + status + " So\r\n" + fields + "Content-Length: 2\r\n\r\n{}";
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    ServerUnderTest underTest() {
        return ServerUnderTest.at(address());
    }

    private void listen() {
        while (true) {
            try {
                Socket socket = listener.accept();
                String answer = answers.get(Math.min(next.getAndIncrement(), answers.size() - 1));
                Thread.ofVirtual().start(() -> answer(socket, answer));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void answer(Socket socket, String answer) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            HttpLines.line(in);
            in.skipNBytes(Long.parseLong(HttpLines.fields(in).getOrDefault("content-length", "0")));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // the client has left, which is its right
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
