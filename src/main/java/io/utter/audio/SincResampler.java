package io.utter.audio;

import java.util.Arrays;

/**
 * Windowed-sinc resampling exactly as torchaudio's {@code functional.resample} does with its defaults (Hann window, 6 zero crossings,
 * roll-off 0.99; spec 3.1), of a whole sound or of one that comes in chunks: the samples are the same.
 */
public final class SincResampler {
    private static final int ZERO_CROSSINGS = 6;
    private static final double ROLL_OFF = 0.99;

    private final int from;
    private final int to;
    private final Kernel[] kernels;
    /** What came in and is still needed, and the position of its first sample. */
    private float[] held = {};
    private long heldAt;
    private long next;

    /** Begins a sound that comes in chunks. */
    public SincResampler(int fromRate, int toRate) {
        int divisor = gcd(fromRate, toRate);
        this.from = fromRate / divisor;
        this.to = toRate / divisor;
        double base = Math.min(from, to) * ROLL_OFF;
        int width = (int) Math.ceil(ZERO_CROSSINGS * from / base);
        this.kernels = new Kernel[to];
        for (int phase = 0; phase < to; phase++) {
            kernels[phase] = Kernel.of(phase / (double) to, from, base, width);
        }
    }

    /** The sound at another rate; {@code ceil(samples * to / from)} samples long. */
    public static Waveform resample(Waveform sound, int rate) {
        if (rate == sound.sampleRate()) {
            return sound;
        }
        SincResampler resampler = new SincResampler(sound.sampleRate(), rate);
        float[] first = resampler.next(sound.samples());
        float[] last = resampler.finish();
        float[] all = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return new Waveform(all, rate);
    }

    /** Takes a chunk, and gives all samples that no later one has a part in. */
    public float[] next(float[] chunk) {
        float[] longer = Arrays.copyOf(held, held.length + chunk.length);
        System.arraycopy(chunk, 0, longer, held.length, chunk.length);
        held = longer;
        long end = next;
        while (origin(end) + kernel(end).taps.length <= heldAt + held.length) {
            end++;
        }
        return until(end);
    }

    /** The last samples. */
    public float[] finish() {
        return until(Math.ceilDiv((heldAt + held.length) * to, from));
    }

    private float[] until(long end) {
        float[] out = new float[(int) Math.max(0, end - next)];
        for (int i = 0; i < out.length; i++) {
            float[] taps = kernel(next).taps;
            int origin = (int) (origin(next) - heldAt);
            double sum = 0;
            for (int k = Math.max(0, -origin); k < taps.length && origin + k < held.length; k++) {
                sum += (double) taps[k] * held[origin + k];
            }
            out[i] = (float) sum;
            next++;
        }
        int unneeded = (int) Math.clamp(origin(next) - heldAt, 0, held.length);
        held = Arrays.copyOfRange(held, unneeded, held.length);
        heldAt += unneeded;
        return out;
    }

    private Kernel kernel(long sample) {
        return kernels[(int) (sample % to)];
    }

    private long origin(long sample) {
        return sample / to * from + kernel(sample).first;
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
