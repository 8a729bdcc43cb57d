package io.utter.audio;

/**
 * Magnitudes over time: {@code sqrt(|X|^2 + 1e-8)} of frames under a periodic Hann window (spec 3.3).
 *
 * @param magnitudes [bins, frames], row by row
 * @param bins size / 2 + 1
 * @param frames columns
 */
public record Spectrogram(float[] magnitudes, int bins, int frames) {
    private static final double FLOOR = 1e-8;

    /**
     * @param signal at least {@code (size - hop) / 2 + 1} samples
     * @param size samples in a frame, a power of two
     * @param hop samples from frame to frame; the signal is reflected at both ends over (size - hop) / 2 samples
     */
    public static Spectrogram of(float[] signal, int size, int hop) {
        int pad = (size - hop) / 2;
        if (signal.length <= pad) {
            throw new IllegalArgumentException(signal.length + " samples are too few for a frame of " + size);
        }
        double[] window = hann(size);
        FourierTransform transform = new FourierTransform(size);
        int bins = size / 2 + 1;
        int frames = (signal.length + 2 * pad - size) / hop + 1;
        float[] magnitudes = new float[bins * frames];
        double[] frame = new double[size];
        for (int f = 0; f < frames; f++) {
            for (int i = 0; i < size; i++) {
                frame[i] = window[i] * signal[reflected(f * hop + i - pad, signal.length)];
            }
            double[] power = transform.power(frame);
            for (int b = 0; b < bins; b++) {
                magnitudes[b * frames + f] = (float) Math.sqrt(power[b] + FLOOR);
            }
        }
        return new Spectrogram(magnitudes, bins, frames);
    }

    private static double[] hann(int size) {
        double[] window = new double[size];
        for (int i = 0; i < size; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / size);
        }
        return window;
    }

    private static int reflected(int index, int length) {
        int i = Math.abs(index);
        return i < length ? i : 2 * (length - 1) - i;
    }
}
