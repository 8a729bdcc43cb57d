package io.utter.bench.load;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;

/**
 * Audio against what it must sound like.
 *
 * @param identical byte for byte
 * @param maxDifference between samples, in units of 16-bit samples; {@link #OTHER_LENGTH} if the lengths differ
 */
record Comparison(boolean identical, int maxDifference) {
    static final int OTHER_LENGTH = 1 << 16;

    /** The server promises 1e-4 of full scale: 3.3 units, and rounding. */
    private static final int TOLERANCE = 4;

    static Comparison of(byte[] heard, byte[] expected) {
        if (heard.length != expected.length) {
            return new Comparison(false, OTHER_LENGTH);
        }
        ShortBuffer a = samples(heard);
        ShortBuffer b = samples(expected);
        int most = 0;
        while (a.hasRemaining()) {
            most = Math.max(most, Math.abs(a.get() - b.get()));
        }
        return new Comparison(Arrays.equals(heard, expected), most);
    }

    boolean right() {
        return maxDifference <= TOLERANCE;
    }

    private static ShortBuffer samples(byte[] pcm) {
        return ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    }
}
