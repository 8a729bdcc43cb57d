package io.utter.audio;

import java.math.BigInteger;

/**
 * Resampling with a long Kaiser-windowed sinc (Kaiser 1974; Smith, "Digital Audio Resampling"): flat to nine tenths of the band, and 120 dB
 * down where it ends, as the soxr library's high quality is. For what networks hear that upstream resamples with soxr (spec 3.1).
 */
public final class KaiserResampler {
    /** Of the band: where the passband ends. The stop band begins at 1. */
    private static final double PASSBAND = 0.9136;
    private static final double REJECTION_DECIBELS = 120.4;
    private static final double BETA = 0.1102 * (REJECTION_DECIBELS - 8.7);
    /** Zero crossings on either side that this takes. */
    private static final int CROSSINGS = (int) Math.ceil((REJECTION_DECIBELS - 7.95) / (2.285 * (1 - PASSBAND) * Math.PI) / 2);
    /** Table entries from crossing to crossing; between them the filter is taken to be straight. */
    private static final int RESOLUTION = 1024;
    private static final double[] FILTER = filter();

    /** Places between two samples whose weights are kept: those of usual rates are few, and come again and again. */
    private static final int MOST_PHASES = 1024;

    private final int up;
    private final int down;
    /** Of the input's band, what both have. */
    private final double band;
    /** Samples on either side that a value depends on. */
    private final int reach;
    /** Weights by phase; a single row, made anew for each value, where there are too many phases. */
    private final double[][] rows;

    private KaiserResampler(int from, int to) {
        int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        this.up = to / common;
        this.down = from / common;
        this.band = Math.min(1, up / (double) down);
        this.reach = (int) Math.ceil(CROSSINGS / band);
        this.rows = up <= MOST_PHASES ? new double[up][] : new double[][] {new double[2 * reach + 1]};
    }

    /** The sound at another rate; {@code round(samples * to / from)} samples long. */
    public static Waveform resample(Waveform sound, int rate) {
        if (rate == sound.sampleRate()) {
            return sound;
        }
        return new Waveform(new KaiserResampler(sound.sampleRate(), rate).resample(sound.samples()), rate);
    }

    private float[] resample(float[] in) {
        float[] out = new float[(int) Math.round(in.length * (double) up / down)];
        for (int i = 0; i < out.length; i++) {
            int centre = (int) ((long) i * down / up);
            double[] weights = weights((int) ((long) i * down % up));
            int first = Math.max(0, centre - reach);
            int last = Math.min(in.length - 1, centre + reach);
            double sum = 0;
            for (int k = first, at = first - centre + reach; k <= last; k++, at++) {
                sum += in[k] * weights[at];
            }
            out[i] = (float) sum;
        }
        return out;
    }

    /** Of the samples from reach before to reach behind one, for a value that lies {@code phase / up} behind it. */
    private double[] weights(int phase) {
        boolean repeats = up <= rows.length;
        if (repeats && rows[phase] != null) {
            return rows[phase];
        }
        double[] weights = repeats ? new double[2 * reach + 1] : rows[0];
        for (int k = -reach; k <= reach; k++) {
            weights[k + reach] = at(Math.abs(k - phase / (double) up) * band) * band;
        }
        rows[repeats ? phase : 0] = weights;
        return weights;
    }

    /** The filter at a distance in zero crossings. */
    private static double at(double distance) {
        double place = distance * RESOLUTION;
        int entry = (int) place;
        return entry >= FILTER.length - 1 ? 0 : FILTER[entry] + (place - entry) * (FILTER[entry + 1] - FILTER[entry]);
    }

    private static double[] filter() {
        // The band is cut in the middle between pass and stop.
        double cut = (1 + PASSBAND) / 2;
        double[] filter = new double[CROSSINGS * RESOLUTION + 1];
        for (int i = 0; i < filter.length; i++) {
            double t = i / (double) RESOLUTION;
            double angle = Math.PI * t * cut;
            double window = bessel(BETA * Math.sqrt(Math.max(0, 1 - t * t / (CROSSINGS * (double) CROSSINGS)))) / bessel(BETA);
            filter[i] = (angle == 0 ? 1 : Math.sin(angle) / angle) * cut * window;
        }
        return filter;
    }

    /** Modified Bessel function of the first kind, order 0. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-16; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
