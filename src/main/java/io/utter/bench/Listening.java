package io.utter.bench;

import io.utter.engine.Listener;
import io.utter.engine.SpeechReport;
import io.utter.engine.SpeechStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream heard to its end.
 *
 * @param chunks the samples as they came
 * @param firstPacket seconds until the first chunk
 * @param report what the stream took
 */
record Listening(List<float[]> chunks, double firstPacket, SpeechReport report) {
    private static final double ACTIVE_RMS = Math.pow(10, -45 / 20.0);
    private static final double ACTIVITY_WINDOW_SECONDS = 0.010;

    /** Takes everything as fast as it comes. */
    static Listening to(SpeechStream stream) throws InterruptedException {
        long start = System.nanoTime();
        List<float[]> chunks = new ArrayList<>();
        double[] first = {Double.NaN};
        try {
            Listener.hear(stream, chunk -> {
                if (chunks.isEmpty()) {
                    first[0] = (System.nanoTime() - start) / 1e9;
                }
                chunks.add(chunk);
            });
        } catch (IOException e) {
            throw new AssertionError("a list takes everything", e);
        }
        return new Listening(chunks, first[0], stream.report());
    }

    float[] samples() {
        float[] all = new float[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
        int at = 0;
        for (float[] chunk : chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }

    /** Where chunks meet, in samples. */
    int[] joins() {
        int[] joins = new int[Math.max(0, chunks.size() - 1)];
        int at = 0;
        for (int i = 0; i < joins.length; i++) {
            at += chunks.get(i).length;
            joins[i] = at;
        }
        return joins;
    }

    /** Seconds until the listener hears something, if the first chunk is played as it comes: 10 ms louder than -45 dBFS. */
    double firstVoiced() {
        float[] samples = samples();
        int window = (int) (report.sampleRate() * ACTIVITY_WINDOW_SECONDS);
        for (int from = 0; from + window <= samples.length; from += window) {
            double energy = 0;
            for (int i = from; i < from + window; i++) {
                energy += samples[i] * samples[i];
            }
            if (Math.sqrt(energy / window) > ACTIVE_RMS) {
                return firstPacket + from / (double) report.sampleRate();
            }
        }
        return Double.NaN;
    }
}
