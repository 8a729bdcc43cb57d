package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class Mp3FramesTest {
    /** MPEG 2 at 48 kbit/s and 24 kHz, mono, by FFmpeg; the frame with the checksum at 64. */
    private static final Path FILE = Path.of("src/test/resources/recordings/slt.mp3");
    private static final int TAG = 45;
    private static final int FIRST_FRAME = 192;
    private static final int FRAME = 144;

    private final byte[] whole = Files.readAllBytes(FILE);
    /** Frames without the one with a checksum. */
    private final byte[] frames = Arrays.copyOfRange(whole, TAG + FIRST_FRAME, whole.length);

    Mp3FramesTest() throws IOException {}

    @Test
    void theFrameWithTheChecksumIsNoSound() {
        assertEquals(OptionalInt.of(TAG + FIRST_FRAME), Mp3Frames.sound(whole, TAG));
        assertEquals(OptionalInt.of(0), Mp3Frames.sound(frames, 0));
    }

    @Test
    void oneBitOfSoundIsMissed() {
        whole[TAG + 40 * FRAME + 100] ^= 4;
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(whole, TAG));
    }

    /** Nothing tells what is in frames; that they are there can be seen. */
    @Test
    void withoutAChecksumFramesMustFollowEachOther() {
        byte[] cut = Arrays.copyOf(frames, frames.length - 1);
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(cut, 0));
        assertEquals(OptionalInt.of(0), Mp3Frames.sound(Arrays.copyOf(frames, 10 * FRAME), 0));
        frames[10 * FRAME + 2] ^= 0x10; // bit rate
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(frames, 0));
        frames[10 * FRAME + 2] ^= 0x10;
        frames[10 * FRAME + 3] = 0; // stereo
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(frames, 0));
    }

    @Test
    void tagsAndZerosMayFollow() throws IOException {
        for (byte[] end : new byte[][] {"TAGa title".getBytes(), "APETAGEX".getBytes(), new byte[100]}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.write(frames);
            file.write(end);
            assertEquals(OptionalInt.of(0), Mp3Frames.sound(file.toByteArray(), 0));
        }
    }

    /** Layer 2, and a bit rate that is not told. */
    @Test
    void othersAreNotLookedAt() {
        assertEquals(OptionalInt.of(0), Mp3Frames.sound(new byte[] {(byte) 0xFF, (byte) 0xFD, (byte) 0x80, 0}, 0));
        assertEquals(OptionalInt.of(0), Mp3Frames.sound(new byte[] {(byte) 0xFF, (byte) 0xFB, 0, 0}, 0));
    }

    @Test
    void whatIsTooShortIsDamaged() {
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(whole, whole.length));
        assertEquals(OptionalInt.empty(), Mp3Frames.sound(Arrays.copyOf(whole, TAG + 2), TAG));
    }
}
