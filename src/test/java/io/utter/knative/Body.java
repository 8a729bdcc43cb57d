package io.utter.knative;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** The body of an HTTP/1.1 message, read as it comes. */
final class Body {
    private static final int READ_BYTES = 32 * 1024;
    private static final long NO_LENGTH = -1;

    private final InputStream in;
    private final boolean chunked;
    private long left; // bytes; NO_LENGTH: until the other side closes
    private List<Head.Field> trailers = List.of();

    private Body(InputStream in, boolean chunked, long left) {
        this.in = in;
        this.chunked = chunked;
        this.left = left;
    }

    static Body ofRequest(Head head, InputStream in) {
        return new Body(in, isChunked(head), head.get("Content-Length").map(Long::valueOf).orElse(0L));
    }

    static Body ofResponse(Head head, InputStream in) {
        boolean never = head.status() == 204 || head.status() == 304;
        return new Body(in, isChunked(head), never ? 0 : head.get("Content-Length").map(Long::valueOf).orElse(NO_LENGTH));
    }

    private static boolean isChunked(Head head) {
        return head.get("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    /** What has come next, a chunk of a chunked body; empty at the clean end. */
    byte[] next() throws IOException {
        if (chunked) {
            return chunk();
        }
        if (left == 0) {
            return new byte[0];
        }
        byte[] buffer = new byte[READ_BYTES];
        int read = in.read(buffer, 0, (int) (left == NO_LENGTH ? READ_BYTES : Math.min(READ_BYTES, left)));
        if (read < 0 && left != NO_LENGTH) {
            throw new EOFException("closed within a body");
        }
        left -= left == NO_LENGTH ? 0 : read;
        return Arrays.copyOf(buffer, Math.max(0, read));
    }

    private byte[] chunk() throws IOException {
        int length = Integer.parseInt(Head.line(in), 16);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed within a chunk");
        }
        if (length == 0) {
            trailers = Head.readFields(in);
        } else {
            Head.line(in);
        }
        return bytes;
    }

    byte[] all() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] next = next(); next.length > 0; next = next()) {
            all.write(next);
        }
        return all.toByteArray();
    }

    /** After the end. */
    List<Head.Field> trailers() {
        return trailers;
    }
}
