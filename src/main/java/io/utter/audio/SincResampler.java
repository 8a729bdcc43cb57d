package io.utter.audio;

/**
 * Windowed-sinc resampling exactly as torchaudio's {@code functional.resample} does with its defaults (Hann window, 6 zero crossings,
 * roll-off 0.99; spec 3.1).
 */
public final class SincResampler {
    private static final int ZERO_CROSSINGS = 6;
    private static final double ROLL_OFF = 0.99;

    private SincResampler() {}

    /** The sound at another rate; {@code ceil(samples * to / from)} samples long. */
    public static Waveform resample(Waveform sound, int rate) {
        if (rate == sound.sampleRate()) {
            return sound;
        }
        int divisor = gcd(sound.sampleRate(), rate);
        int from = sound.sampleRate() / divisor;
        int to = rate / divisor;
        double base = Math.min(from, to) * ROLL_OFF;
        int width = (int) Math.ceil(ZERO_CROSSINGS * from / base);
        float[][] kernels = kernels(from, to, base, width);

        float[] in = sound.samples();
        float[] out = new float[(int) Math.ceilDiv((long) in.length * to, from)];
        for (int i = 0; i < out.length; i++) {
            float[] kernel = kernels[i % to];
            int origin = i / to * from - width;
            double sum = 0;
            for (int k = Math.max(0, -origin); k < kernel.length && origin + k < in.length; k++) {
                sum += (double) kernel[k] * in[origin + k];
            }
            out[i] = (float) sum;
        }
        return new Waveform(out, rate);
    }

    /** A kernel for each phase of the output: [to, 2 width + from]. */
    private static float[][] kernels(int from, int to, double base, int width) {
        float[][] kernels = new float[to][2 * width + from];
        for (int phase = 0; phase < to; phase++) {
            for (int k = 0; k < kernels[phase].length; k++) {
                double t = (-phase / (double) to + (k - width) / (double) from) * base;
                t = Math.max(-ZERO_CROSSINGS, Math.min(ZERO_CROSSINGS, t));
                double window = Math.pow(Math.cos(t * Math.PI / ZERO_CROSSINGS / 2), 2);
                double angle = t * Math.PI;
                kernels[phase][k] = (float) ((angle == 0 ? 1 : Math.sin(angle) / angle) * window * base / from);
            }
        }
        return kernels;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
