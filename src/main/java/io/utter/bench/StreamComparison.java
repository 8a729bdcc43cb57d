package io.utter.bench;

import io.utter.audio.FourierTransform;
import io.utter.audio.HannFrame;
import io.utter.audio.LogSpectralDistance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Streamed audio against one decode of the same tokens and noise. A join is inaudible if the spectrum changes there no more than it
 * does at the same place when there is no join, or than it does elsewhere in speech.
 */
final class StreamComparison {
    private static final int FRAME = 1024;
    private static final int HOP = 64;
    private static final double USUAL = 0.99;
    private static final FourierTransform TRANSFORM = new FourierTransform(FRAME);

    private final List<Double> joins = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final List<Double> distances = new ArrayList<>();
    private final List<Double> againstPlace = new ArrayList<>();
    private final List<Double> againstUsual = new ArrayList<>();

    /**
     * @param chunked the stream as it was heard
     * @param reference the samples of the decode at once
     */
    void add(Listening chunked, float[] reference) {
        float[] streamed = chunked.samples();
        if (streamed.length != reference.length) {
            throw new IllegalStateException(streamed.length + " streamed samples, " + reference.length + " decoded at once");
        }
        errors.add(maxError(streamed, reference));
        distances.add(LogSpectralDistance.between(streamed, reference));
        double[] flux = flux(streamed);
        double[] referenceFlux = flux(reference);
        double usual = percentile(referenceFlux, USUAL);
        double worst = 0;
        double worstChange = 0;
        for (int join : chunked.joins()) {
            worst = Math.max(worst, fluxAround(flux, join));
            worstChange = Math.max(worstChange, fluxAround(flux, join) / fluxAround(referenceFlux, join));
        }
        joins.add((double) chunked.joins().length);
        againstPlace.add(worstChange);
        againstUsual.add(worst / usual);
    }

    void report(Figures figures) {
        figures.add("streaming: joins", "", values(joins));
        figures.add("streaming: max error", "", values(errors));
        figures.add("streaming: log-spectral distance", "dB", values(distances));
        figures.add("streaming: flux at the worst join / there without join", "", values(againstPlace));
        figures.add("streaming: flux at the worst join / 99th percentile", "", values(againstUsual));
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double maxError(float[] a, float[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    /** How much magnitudes grow from frame to frame: sum over bins of the positive differences, over their sum. */
    private static double[] flux(float[] samples) {
        int frames = Math.max(0, (samples.length - FRAME) / HOP + 1);
        double[] flux = new double[frames];
        double[] before = null;
        for (int f = 0; f < frames; f++) {
            double[] now = TRANSFORM.power(HannFrame.of(samples, f * HOP, FRAME));
            for (int bin = 0; bin < now.length; bin++) {
                now[bin] = Math.sqrt(now[bin]);
                if (before != null) {
                    flux[f] += Math.max(0, now[bin] - before[bin]);
                }
            }
            before = now;
        }
        return flux;
    }

    /** The largest flux of the frames that see a position. */
    private static double fluxAround(double[] flux, int sample) {
        int first = Math.max(0, (sample - FRAME) / HOP);
        int last = Math.min(flux.length - 1, sample / HOP);
        return Arrays.stream(flux, first, last + 1).max().orElse(0);
    }

    private static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }
}
