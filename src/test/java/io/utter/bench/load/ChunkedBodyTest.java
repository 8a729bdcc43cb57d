package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
    private static final String WHOLE = "5\r\nHello\r\nb;x=1\r\n, everybody\r\n1\r\n!\r\n0\r\n"
            + "X-Audio-Complete: true\r\nX-Audio-Samples:9\r\n\r\n";
    private static final String TEXT = "Hello, everybody!";

    @Test
    void chunksBecomeOneBodyAndTrailersFollow() throws IOException {
        ChunkedBody body = new ChunkedBody(stream(WHOLE, Integer.MAX_VALUE));
        assertEquals(Map.of(), body.trailers());
        assertEquals(TEXT, read(body, 100));
        assertEquals(Map.of("x-audio-complete", "true", "x-audio-samples", "9"), body.trailers());
        assertEquals(-1, body.read(new byte[1]));
    }

    @Test
    void aReadDoesNotWaitForTheNextChunk() throws IOException {
        ChunkedBody body = new ChunkedBody(stream("5\r\nHello", Integer.MAX_VALUE));
        assertEquals(5, body.read(new byte[100]));
    }

    @Property
    void itDoesNotMatterHowTheBytesArrive(@ForAll @IntRange(min = 1, max = 40) int packet, @ForAll @IntRange(min = 1, max = 40) int buffer)
            throws IOException {
        ChunkedBody body = new ChunkedBody(stream(WHOLE, packet));
        assertEquals(TEXT, read(body, buffer));
        assertEquals(2, body.trailers().size());
    }

    @Property
    void aStreamThatIsCutAnywhereIsNotWhole(@ForAll @IntRange(min = 0, max = 89) int length) {
        ChunkedBody body = new ChunkedBody(stream(WHOLE.substring(0, Math.min(length, WHOLE.length() - 1)), Integer.MAX_VALUE));
        assertThrows(EOFException.class, () -> read(body, 100));
        assertEquals(Map.of(), body.trailers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello\r\n", "\r\n", "-5\r\nHello\r\n", "3\r\nHello\r\n0\r\n\r\n", "0\r\nno colon\r\n\r\n"})
    void whatIsNotChunkedIsRefused(String bytes) {
        IOException failure = assertThrows(IOException.class, () -> read(new ChunkedBody(stream(bytes, Integer.MAX_VALUE)), 100));
        assertEquals("not HTTP", failure.getMessage().split(":")[0]);
    }

    private static String read(ChunkedBody body, int buffer) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[buffer];
        for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
            text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** Gives at most {@code packet} bytes at a time, as sockets do. */
    private static InputStream stream(String bytes, int packet) {
        return new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, packet));
            }
        };
    }
}
