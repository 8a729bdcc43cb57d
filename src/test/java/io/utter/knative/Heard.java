package io.utter.knative;

import io.utter.fake.RawHttp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response in chunks as a careful client takes it.
 *
 * @param cleanEnd whether the last chunk came, which alone says nothing: a proxy ends cleanly what it has cut off
 */
record Heard(int status, Map<String, String> headers, byte[] body, boolean cleanEnd, Map<String, String> trailers) {

    /** All from the head on. */
    static Heard of(RawHttp http) throws IOException {
        return restOf(http.readHead());
    }

    /** What still comes after the head or some chunks. */
    static Heard restOf(RawHttp http) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            if (http.headers().containsKey("content-length")) {
                body.writeBytes(http.bytes(Integer.parseInt(http.headers().get("content-length"))));
                return new Heard(http.status(), http.headers(), body.toByteArray(), true, Map.of());
            }
            for (byte[] chunk = http.chunk(); chunk.length > 0; chunk = http.chunk()) {
                body.writeBytes(chunk);
            }
            return new Heard(http.status(), http.headers(), body.toByteArray(), true, http.trailers());
        } catch (EOFException | SocketException e) {
            return new Heard(http.status(), http.headers(), body.toByteArray(), false, Map.of());
        }
    }

    /** Whether this is audio, and all of it. */
    boolean complete() {
        return status == 200 && cleanEnd && "true".equals(trailers.get("x-audio-complete"));
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String textAtEnd(int length) {
        return new String(body, body.length - length, length, StandardCharsets.ISO_8859_1);
    }
}
