package io.utter.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The lines of HTTP/1.1 messages: of heads, between chunks, of trailers. */
final class HttpLines {
    private static final int LONGEST_LINE = 8192;

    private HttpLines() {}

    /** @throws EOFException if the connection ends before the line does */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ended within a message");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            if (line.size() == LONGEST_LINE) {
                throw new IOException("not HTTP: a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(next);
        }
    }

    /** Header or trailer fields up to the empty line, by their names in lower case. */
    static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("not HTTP: a field without a name");
            }
            fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        return fields;
    }
}
