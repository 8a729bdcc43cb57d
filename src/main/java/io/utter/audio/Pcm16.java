package io.utter.audio;

/** Samples in [-1, 1] as signed 16-bit little-endian PCM. */
public final class Pcm16 {
    public static final int BYTES_PER_SAMPLE = 2;

    private Pcm16() {}

    /**
     * Each sample clamped to [-1, 1], times 32768, truncated toward zero, and 1.0 saturated at 32767; NaN is silence. This is what the
     * reference implementation writes.
     */
    public static byte[] encode(float[] samples) {
        byte[] bytes = new byte[samples.length * BYTES_PER_SAMPLE];
        encode(samples, bytes, 0);
        return bytes;
    }

    /** As {@link #encode(float[])}, one sample as a number. */
    public static int quantize(float sample) {
        return Math.clamp((int) (sample * 32768f), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    /** As {@link #encode(float[])}, into {@code bytes} from {@code offset} on. */
    public static void encode(float[] samples, byte[] bytes, int offset) {
        int at = offset;
        for (float sample : samples) {
            int value = quantize(sample);
            bytes[at++] = (byte) value;
            bytes[at++] = (byte) (value >> 8);
        }
    }
}
