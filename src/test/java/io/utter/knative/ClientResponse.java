package io.utter.knative;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The response to one request on its way to the client; who comes with something after its end gets an exception. A body of known length
 * piles up to 4096 bytes, one in chunks leaves chunk by chunk, and its head at once.
 */
final class ClientResponse {
    private static final String TIMEOUT_TEXT = "request timeout";
    private static final int BUFFER_BYTES = 4096;

    private final OutputStream out;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private boolean begun;
    private boolean chunked;
    private boolean ended;
    private boolean whole; // so that the connection can be used again
    private long lastWrite = System.nanoTime();

    ClientResponse(OutputStream out) {
        this.out = out;
    }

    synchronized void begin(Head head) throws IOException {
        refuseWhenEnded();
        begun = true;
        chunked = head.get("Content-Length").isEmpty() && head.status() != 204 && head.status() != 304;
        buffer.writeBytes((chunked ? head.without("Transfer-Encoding").with("Transfer-Encoding", "chunked") : head).bytes());
        lastWrite = System.nanoTime();
        if (chunked) {
            flush();
        }
    }

    synchronized void write(byte[] bytes) throws IOException {
        refuseWhenEnded();
        lastWrite = System.nanoTime();
        if (chunked) {
            buffer.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            buffer.writeBytes(bytes);
            buffer.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            flush();
        } else {
            int from = 0;
            while (from < bytes.length) {
                int taken = Math.clamp(BUFFER_BYTES - buffer.size(), 1, bytes.length - from);
                buffer.write(bytes, from, taken);
                from += taken;
                if (buffer.size() >= BUFFER_BYTES) {
                    flush();
                }
            }
        }
    }

    synchronized void end(List<Head.Field> trailers) throws IOException {
        refuseWhenEnded();
        ended = true;
        if (chunked) {
            buffer.writeBytes(("0\r\n" + Head.text(trailers)).getBytes(StandardCharsets.ISO_8859_1));
        }
        flush();
        whole = true;
    }

    /** A whole response of our own, in place of the application's. */
    synchronized void answer(String status, String text) throws IOException {
        Head head = Head.of("HTTP/1.1 " + status).with("Content-Type", "text/plain; charset=utf-8");
        begin(head.with("Content-Length", Integer.toString(text.length())));
        write(text.getBytes(StandardCharsets.ISO_8859_1));
        end(List.of());
    }

    /** Says so in the body, even if that is audio, and then ends it as if it were whole. */
    synchronized void timeOut() throws IOException {
        if (!begun) {
            answer("504 Gateway Timeout", TIMEOUT_TEXT);
        } else if (!ended) {
            write(TIMEOUT_TEXT.getBytes(StandardCharsets.ISO_8859_1));
            end(List.of());
            whole = chunked; // otherwise the promised length is missed, and the connection closed
        }
    }

    /** The application's half was not whole. */
    synchronized void breakOff() {
        ended = true;
    }

    synchronized boolean begun() {
        return begun;
    }

    /** As {@link System#nanoTime()}; before the first write the moment it was made. */
    synchronized long lastWrite() {
        return lastWrite;
    }

    synchronized boolean whole() {
        return whole;
    }

    private void refuseWhenEnded() throws IOException {
        if (ended) {
            throw new IOException("the response has ended");
        }
    }

    private void flush() throws IOException {
        out.write(buffer.toByteArray());
        out.flush();
        buffer.reset();
    }
}
