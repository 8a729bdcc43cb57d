package io.utter.audio;

/**
 * Logarithms of mel filter bank energies as Kaldi computes them, with the speaker network's settings (spec 3.5): frames of 25 ms every
 * 10 ms at 16 kHz, pre-emphasis 0.97, Povey window, no dither.
 *
 * @param energies [frames, 80], row by row
 * @param frames rows
 */
public record FilterBank(float[] energies, int frames) {
    public static final int BANDS = 80;

    private static final int RATE = 16_000;
    private static final int FRAME = 400;
    private static final int HOP = 160;
    private static final int SIZE = 512;
    private static final double PRE_EMPHASIS = 0.97;
    private static final double WINDOW_EXPONENT = 0.85;
    private static final double LOWEST_HERTZ = 20;
    private static final double LEAST_ENERGY = 1.1920929e-7;

    private static final double[] WINDOW = window();
    private static final double[][] BANK = bank();

    /** @param samples 16 kHz; at least 400 */
    public static FilterBank of(float[] samples) {
        int frames = 1 + (samples.length - FRAME) / HOP;
        FourierTransform transform = new FourierTransform(SIZE);
        float[] energies = new float[frames * BANDS];
        for (int f = 0; f < frames; f++) {
            double[] power = transform.power(frame(samples, f * HOP));
            for (int band = 0; band < BANDS; band++) {
                double sum = 0;
                for (int bin = 0; bin < SIZE / 2; bin++) {
                    sum += BANK[band][bin] * power[bin];
                }
                energies[f * BANDS + band] = (float) Math.log(Math.max(sum, LEAST_ENERGY));
            }
        }
        return new FilterBank(energies, frames);
    }

    private static double[] frame(float[] samples, int start) {
        double mean = 0;
        for (int i = 0; i < FRAME; i++) {
            mean += samples[start + i];
        }
        mean /= FRAME;
        double[] frame = new double[SIZE];
        double before = samples[start] - mean; // the first sample stands before itself
        for (int i = 0; i < FRAME; i++) {
            double sample = samples[start + i] - mean;
            frame[i] = (sample - PRE_EMPHASIS * before) * WINDOW[i];
            before = sample;
        }
        return frame;
    }

    /** A symmetric Hann window to the power of 0.85. */
    private static double[] window() {
        double[] window = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            window[i] = Math.pow(0.5 - 0.5 * Math.cos(2 * Math.PI * i / (FRAME - 1)), WINDOW_EXPONENT);
        }
        return window;
    }

    /** Triangles that are even on the mel scale, [bands, bins below the highest]. */
    private static double[][] bank() {
        double lowest = mel(LOWEST_HERTZ);
        double step = (mel(RATE / 2.0) - lowest) / (BANDS + 1);
        double[][] bank = new double[BANDS][SIZE / 2];
        for (int band = 0; band < BANDS; band++) {
            double left = lowest + band * step;
            double centre = left + step;
            double right = centre + step;
            for (int bin = 0; bin < SIZE / 2; bin++) {
                double mel = mel(bin * (double) RATE / SIZE);
                bank[band][bin] = Math.max(0, Math.min((mel - left) / (centre - left), (right - mel) / (right - centre)));
            }
        }
        return bank;
    }

    private static double mel(double hertz) {
        return 1127 * Math.log(1 + hertz / 700);
    }
}
