package io.utter.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class Pcm16Test {

    @Test
    void samplesAreLittleEndianTruncatedAndSaturated() {
        float[] samples = {0, 0.5f, -0.5f, 1, -1, 2, -2, 0.00004f, -0.00004f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        short[] expected = {0, 16384, -16384, 32767, -32768, 32767, -32768, 1, -1, 0, 32767, -32768};
        assertArrayEquals(expected, decode(Pcm16.encode(samples)));
    }

    @Test
    void theLowByteComesFirst() {
        assertArrayEquals(new byte[] {0x34, 0x12}, Pcm16.encode(new float[] {0x1234 / 32768f}));
    }

    @Property
    void everySampleIsOffByLessThanOneStepTowardZero(@ForAll @FloatRange(min = -1, max = 1) float sample) {
        double steps = sample * 32768.0;
        short value = decode(Pcm16.encode(new float[] {sample}))[0];
        assertEquals(Math.min(Math.floor(Math.abs(steps)), 32768 - (sample > 0 ? 1 : 0)), Math.abs((int) value));
    }

    private static short[] decode(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
        }
        return samples;
    }
}
