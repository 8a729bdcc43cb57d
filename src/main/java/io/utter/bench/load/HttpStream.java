package io.utter.bench.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP/1.1 exchange on a connection of its own. The JDK's client hides trailers and buffers ahead; here every byte is taken when it is
 * read, and the end is what the server made it.
 */
final class HttpStream implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int HTTP_PORT = 80;

    private final Socket socket;
    private final String host;
    private final InputStream in;
    private int status;
    private Map<String, String> headers = Map.of();
    private Body body;

    private HttpStream(Socket socket, String host) throws IOException {
        this.socket = socket;
        this.host = host;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param receiveBuffer bytes that the kernel may hold for us; 0 leaves it to the kernel */
    static HttpStream connect(URI server, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort() < 0 ? HTTP_PORT : server.getPort()), CONNECT_MILLIS);
            return new HttpStream(socket, server.getAuthority());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    HttpStream get(String path) throws IOException {
        return send("GET " + path, "", new byte[0]);
    }

    HttpStream post(String path, byte[] json) throws IOException {
        return send("POST " + path, "Content-Type: application/json\r\nContent-Length: " + json.length + "\r\n", json);
    }

    private HttpStream send(String what, String fields, byte[] content) throws IOException {
        byte[] head = (what + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] message = new byte[head.length + content.length]; // one write, one packet
        System.arraycopy(head, 0, message, 0, head.length);
        System.arraycopy(content, 0, message, head.length, content.length);
        OutputStream out = socket.getOutputStream();
        out.write(message);
        return this;
    }

    /** @throws SocketTimeoutException if reading takes longer than that, from now on, for each read */
    HttpStream patience(Duration longest) throws IOException {
        if (!longest.isPositive()) {
            throw new SocketTimeoutException("no patience left");
        }
        socket.setSoTimeout((int) Math.clamp(longest.toMillis(), 1, Integer.MAX_VALUE));
        return this;
    }

    /** Waits for status and headers. */
    HttpStream awaitHead() throws IOException {
        String[] words = HttpLines.line(in).split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("not HTTP: no status");
        }
        status = Integer.parseInt(words[1]);
        headers = HttpLines.fields(in);
        boolean chunked = header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent();
        body = chunked ? new ChunkedBody(in) : new SizedBody(in, header("content-length").map(Long::parseLong).orElse(0L));
        return this;
    }

    int status() {
        return status;
    }

    /** @param name in lower case */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** As {@link Body#read}. */
    int read(byte[] buffer) throws IOException {
        return body.read(buffer);
    }

    Map<String, String> trailers() {
        return body.trailers();
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[1 << 14];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            text.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** Hangs up so that the server sees a reset, as from a client that has crashed. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
