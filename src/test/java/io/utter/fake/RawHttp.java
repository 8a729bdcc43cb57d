package io.utter.fake;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP/1.1 exchange over a bare socket, read only as far as a test asks: chunks, trailers and broken ends are seen as they are. */
public final class RawHttp implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private int status;
    private Map<String, String> headers = Map.of();

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param receiveBuffer bytes that the kernel may hold for us */
    public static RawHttp connect(int port, int receiveBuffer) throws IOException {
        return connect(new InetSocketAddress("127.0.0.1", port), receiveBuffer);
    }

    public static RawHttp connect(InetSocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(address);
        return new RawHttp(socket);
    }

    public static RawHttp speak(int port, String json) throws IOException {
        RawHttp http = connect(port, 1 << 16);
        http.post("/v1/audio/speech", json);
        return http;
    }

    public void post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        send("POST " + path + " HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        socket.getOutputStream().write(body);
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public RawHttp readHead() throws IOException {
        status = Integer.parseInt(line().split(" ")[1]);
        headers = headerLines();
        return this;
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The next chunk's bytes; empty at the clean end. */
    public byte[] chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut off within a chunk");
        }
        if (length > 0) {
            line();
        }
        return bytes;
    }

    /** What follows the last chunk. */
    public Map<String, String> trailers() throws IOException {
        return headerLines();
    }

    /** A part of a body that is not in chunks. */
    public byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut off within a body");
        }
        return bytes;
    }

    /** Whether nothing at all comes for so long. */
    public boolean isSilentFor(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        in.mark(1);
        try {
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    public void skip(int bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    public void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    /** All that comes until the other side closes. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private Map<String, String> headerLines() throws IOException {
        Map<String, String> found = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            found.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return found;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("cut off");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
