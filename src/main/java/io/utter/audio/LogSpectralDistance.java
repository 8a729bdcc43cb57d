package io.utter.audio;

import java.util.Arrays;

/** How far apart two recordings of the same length are: the usual measure of codecs and vocoders. Below 1 dB is hardly ever heard. */
public final class LogSpectralDistance {
    private static final int FRAME = 1024;
    /** Added to powers: 90 dB and more below speech, where nothing is heard. */
    private static final double SILENCE_POWER = 1e-6;
    private static final FourierTransform TRANSFORM = new FourierTransform(FRAME);

    private LogSpectralDistance() {}

    /**
     * Mean over frames of the root mean square difference of log power spectra, in dB.
     *
     * @param samples what is judged
     * @param reference as long; its silent frames are left out
     * @return 0 if there is no frame that is not silent
     */
    public static double between(float[] samples, float[] reference) {
        double sum = 0;
        int frames = 0;
        for (int start = 0; start + FRAME <= samples.length; start += FRAME / 4) {
            double[] x = power(samples, start);
            double[] y = power(reference, start);
            if (Arrays.stream(y).max().orElse(0) < SILENCE_POWER) {
                continue;
            }
            double squares = 0;
            for (int bin = 1; bin < x.length; bin++) {
                double d = 10 * Math.log10((x[bin] + SILENCE_POWER) / (y[bin] + SILENCE_POWER));
                squares += d * d;
            }
            sum += Math.sqrt(squares / (x.length - 1));
            frames++;
        }
        return frames == 0 ? 0 : sum / frames;
    }

    private static double[] power(float[] samples, int start) {
        return TRANSFORM.power(HannFrame.of(samples, start, FRAME));
    }
}
