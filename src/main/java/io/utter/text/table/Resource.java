package io.utter.text.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A data file that is packed with the program, named relative to the package of the class that owns it. */
public final class Resource {
    private Resource() {}

    public static byte[] bytes(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name + " of " + owner.getPackageName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's lines, as UTF-8. */
    public static List<String> lines(Class<?> owner, String name) {
        return new String(bytes(owner, name), StandardCharsets.UTF_8).lines().toList();
    }
}
