package io.utter.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A body in chunks, and the trailers behind it (RFC 9112, section 7.1). */
final class ChunkedBody implements Body {
    private static final int HEX = 16;

    private final InputStream in;
    private long left; // bytes of the chunk that have not been read
    private boolean begun;
    private boolean ended;
    private Map<String, String> trailers = Map.of();

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
            throw new EOFException("the connection ended within a chunk");
        }
        left -= count;
        return count;
    }

    @Override
    public Map<String, String> trailers() {
        return trailers;
    }

    private void nextChunk() throws IOException {
        if (begun && !HttpLines.line(in).isEmpty()) {
            throw new IOException("not HTTP: a chunk is longer than its size");
        }
        begun = true;
        String size = HttpLines.line(in).replaceFirst(";.*", "").strip(); // extensions are allowed and mean nothing to us
        try {
            left = Long.parseUnsignedLong(size, HEX);
        } catch (NumberFormatException e) {
            throw new IOException("not HTTP: a chunk without a size", e);
        }
        if (left == 0) {
            trailers = HttpLines.fields(in);
            ended = true;
        }
    }
}
