package io.utter.text.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A data file that is packed with the program, named relative to the package of the class that owns it. */
public final class Resource {
    private static final int PIECE_BYTES = 1 << 16;

    private Resource() {}

    /** @throws IllegalStateException when there is no such file */
    public static byte[] bytes(Class<?> owner, String name) {
        try (InputStream in = find(owner, name).openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file outside of the heap, for large tables that are searched in place; big-endian, from 0 to its length.
     *
     * @throws IllegalStateException when there is no such file
     */
    public static ByteBuffer buffer(Class<?> owner, String name) {
        try {
            URLConnection connection = find(owner, name).openConnection();
            try (InputStream in = connection.getInputStream()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(Math.max(PIECE_BYTES, connection.getContentLength()));
                byte[] piece = new byte[PIECE_BYTES];
                for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                    if (buffer.remaining() < read) { // the length was not known
                        buffer = ByteBuffer.allocateDirect(buffer.capacity() * 2).put(buffer.flip());
                    }
                    buffer.put(piece, 0, read);
                }
                return buffer.flip().slice();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's lines, as UTF-8. */
    public static List<String> lines(Class<?> owner, String name) {
        return new String(bytes(owner, name), StandardCharsets.UTF_8).lines().toList();
    }

    private static URL find(Class<?> owner, String name) {
        URL found = owner.getResource(name);
        if (found == null) {
            throw new IllegalStateException("missing resource " + name + " of " + owner.getPackageName());
        }
        return found;
    }
}
