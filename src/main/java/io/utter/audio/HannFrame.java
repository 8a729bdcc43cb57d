package io.utter.audio;

/** A stretch of samples under a Hann window, ready to be transformed. */
public final class HannFrame {
    private HannFrame() {}

    /** Samples from {@code start} on, as many as {@code length}. */
    public static double[] of(float[] samples, int start, int length) {
        double[] frame = new double[length];
        for (int i = 0; i < length; i++) {
            frame[i] = samples[start + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / length));
        }
        return frame;
    }
}
