package io.utter.audio;

/**
 * One channel of sound.
 *
 * @param samples in [-1, 1], though files may exceed it
 * @param sampleRate samples per second
 */
public record Waveform(float[] samples, int sampleRate) {

    public double seconds() {
        return samples.length / (double) sampleRate;
    }

    /** The largest absolute value. */
    public float peak() {
        float peak = 0;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}
