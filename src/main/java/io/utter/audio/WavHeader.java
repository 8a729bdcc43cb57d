package io.utter.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The 44 bytes before 16-bit mono PCM in a WAV file. */
public final class WavHeader {
    public static final int LENGTH = 44;

    /** Size field of a stream whose length is not known yet; players read such a stream to its end. */
    private static final long UNKNOWN = 0xFFFF_FFFFL;

    private static final int RIFF_BYTES_BEFORE_DATA = LENGTH - 8;

    private WavHeader() {}

    /** For audio that is still being made: both sizes are 0xFFFFFFFF. */
    public static byte[] streaming(int sampleRate) {
        return of(sampleRate, UNKNOWN, UNKNOWN);
    }

    /** For {@code dataBytes} bytes of audio; what does not fit the 32-bit size fields is written as unknown. */
    public static byte[] sized(int sampleRate, long dataBytes) {
        return of(sampleRate, Math.min(dataBytes + RIFF_BYTES_BEFORE_DATA, UNKNOWN), Math.min(dataBytes, UNKNOWN));
    }

    /** A whole file in memory. */
    public static byte[] file(float[] samples, int sampleRate) {
        byte[] audio = Pcm16.encode(samples);
        return ByteBuffer.allocate(LENGTH + audio.length).put(sized(sampleRate, audio.length)).put(audio).array();
    }

    private static byte[] of(int sampleRate, long riffBytes, long dataBytes) {
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF")).putInt((int) riffBytes).put(ascii("WAVE"))
                .put(ascii("fmt ")).putInt(16)
                .putShort((short) 1) // PCM
                .putShort((short) 1) // channels
                .putInt(sampleRate)
                .putInt(sampleRate * Pcm16.BYTES_PER_SAMPLE)
                .putShort((short) Pcm16.BYTES_PER_SAMPLE)
                .putShort((short) (8 * Pcm16.BYTES_PER_SAMPLE))
                .put(ascii("data")).putInt((int) dataBytes)
                .array();
    }

    private static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }
}
