package io.utter.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A body whose length was announced. */
final class SizedBody implements Body {
    private final InputStream in;
    private long left;

    SizedBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (count < 0) {
            throw new EOFException("the connection ended within a body");
        }
        left -= count;
        return count;
    }

    @Override
    public Map<String, String> trailers() {
        return Map.of();
    }
}
