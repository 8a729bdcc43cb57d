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
        Kernel[] kernels = new Kernel[to];
        for (int phase = 0; phase < to; phase++) {
            kernels[phase] = Kernel.of(phase / (double) to, from, base, width);
        }
        float[] in = sound.samples();
        float[] out = new float[(int) Math.ceilDiv((long) in.length * to, from)];
        for (int i = 0; i < out.length; i++) {
            Kernel kernel = kernels[i % to];
            int origin = i / to * from + kernel.first;
            double sum = 0;
            for (int k = Math.max(0, -origin); k < kernel.taps.length && origin + k < in.length; k++) {
                sum += (double) kernel.taps[k] * in[origin + k];
            }
            out[i] = (float) sum;
        }
        return new Waveform(out, rate);
    }

    /**
     * The kernel of one phase of the output, where it is not zero.
     *
     * @param first input sample of its first tap, counted from the one that the phase begins with
     */
    private record Kernel(int first, float[] taps) {
        static Kernel of(double phase, int from, double base, int width) {
            int first = Math.max(-width, (int) Math.floor((phase - ZERO_CROSSINGS / base) * from));
            int last = Math.min(width + from - 1, (int) Math.ceil((phase + ZERO_CROSSINGS / base) * from));
            float[] taps = new float[last - first + 1];
            for (int k = 0; k < taps.length; k++) {
                double t = ((first + k) / (double) from - phase) * base;
                t = Math.max(-ZERO_CROSSINGS, Math.min(ZERO_CROSSINGS, t));
                double window = Math.pow(Math.cos(t * Math.PI / ZERO_CROSSINGS / 2), 2);
                double angle = t * Math.PI;
                taps[k] = (float) ((angle == 0 ? 1 : Math.sin(angle) / angle) * window * base / from);
            }
            return new Kernel(first, taps);
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
