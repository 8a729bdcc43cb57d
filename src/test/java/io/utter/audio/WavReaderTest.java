package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.utter.error.UtterException.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WavReaderTest {
    private static final double LONGEST = 2;

    /** A file with the given format and data, and an odd chunk that nobody knows before them. */
    private static byte[] wav(int coding, int channels, int rate, int bits, int statedSize, byte... data) {
        ByteBuffer out = ByteBuffer.allocate(12 + 12 + 24 + 8 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(out.capacity() - 8).put("WAVE".getBytes(StandardCharsets.ISO_8859_1));
        out.put("LIST".getBytes(StandardCharsets.ISO_8859_1)).putInt(3).put(new byte[4]);
        out.put("fmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16).putShort((short) coding).putShort((short) channels).putInt(rate);
        out.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8)).putShort((short) bits);
        out.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(statedSize).put(data);
        return out.array();
    }

    @Test
    void everyDepthGivesTheSameSound() {
        float[] expected = {0.5f, -1};
        assertArrayEquals(expected, WavReader.read(wav(1, 1, 8000, 8, 2, (byte) 192, (byte) 0), LONGEST).samples());
        assertArrayEquals(expected, WavReader.read(wav(1, 1, 8000, 16, 4, (byte) 0, (byte) 64, (byte) 0, (byte) -128), LONGEST).samples());
        assertArrayEquals(expected,
                WavReader.read(wav(1, 1, 8000, 24, 6, (byte) 0, (byte) 0, (byte) 64, (byte) 0, (byte) 0, (byte) -128), LONGEST).samples());
        byte[] floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.5f).putFloat(-1).array();
        assertArrayEquals(expected, WavReader.read(wav(3, 1, 8000, 32, 8, floats), LONGEST).samples());
    }

    @Test
    void channelsAreAveraged() {
        assertArrayEquals(new float[] {-0.25f}, WavReader.read(wav(1, 2, 8000, 8, 2, (byte) 192, (byte) 0), LONGEST).samples());
    }

    @Test
    void anOpenSizeMeansToTheEnd() {
        assertEquals(2, WavReader.read(wav(1, 1, 8000, 8, 0, (byte) 1, (byte) 2), LONGEST).samples().length);
        assertEquals(2, WavReader.read(wav(1, 1, 8000, 8, -1, (byte) 1, (byte) 2), LONGEST).samples().length);
    }

    @Test
    void whatIsTooLongCutShortOrForeignIsRefused() {
        assertEquals("audio_too_long",
                assertThrows(InvalidInput.class, () -> WavReader.read(wav(1, 1, 8000, 8, 16001, new byte[16001]), LONGEST)).code());
        assertEquals("truncated_audio", assertThrows(InvalidInput.class, () -> WavReader.read(wav(1, 1, 8000, 8, 9, new byte[2]), LONGEST)).code());
        assertEquals("unsupported_wav", assertThrows(InvalidInput.class, () -> WavReader.read(wav(2, 1, 8000, 4, 2, new byte[2]), LONGEST)).code());
        assertEquals("not_wav", assertThrows(InvalidInput.class, () -> WavReader.read("<html>nothing</html>".getBytes(StandardCharsets.UTF_8), LONGEST)).code());
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 64) byte[] tail, @ForAll short coding, @ForAll short channels, @ForAll int rate,
            @ForAll short bits, @ForAll int size) {
        byte[] file = wav(coding, channels, rate, bits, size, tail);
        try {
            WavReader.read(file, LONGEST);
        } catch (InvalidInput refused) {
            assertEquals("reference", refused.field());
        }
    }
}
