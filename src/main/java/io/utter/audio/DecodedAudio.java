package io.utter.audio;

import io.utter.error.UtterException;

import java.util.Arrays;

/** Gathers what a decoder gives, as one channel, and no more than is allowed. */
final class DecodedAudio {
    private static final int LEAST_RATE = 4_000;
    private static final int MOST_RATE = 384_000;
    private static final int MOST_CHANNELS = 8;
    private static final long PATIENCE_NANOS = 1_500_000_000L;

    private final double maxSeconds;
    private final int rate;
    private final int channels;
    private final int most;
    private final long deadline = System.nanoTime() + PATIENCE_NANOS;
    private float[] samples;
    private int count;

    /** @throws UtterException.InvalidInput if there is no such sound */
    DecodedAudio(int rate, int channels, double maxSeconds) {
        if (rate < LEAST_RATE || rate > MOST_RATE || channels < 1 || channels > MOST_CHANNELS) {
            throw Recording.refused("unsupported_audio", "audio with " + channels + " channels at " + Integer.toUnsignedString(rate) + " Hz is not supported");
        }
        this.rate = rate;
        this.channels = channels;
        this.maxSeconds = maxSeconds;
        this.most = (int) (rate * maxSeconds);
        this.samples = new float[Math.min(most, rate)];
    }

    int channels() {
        return channels;
    }

    int rate() {
        return rate;
    }

    /** How many samples of each channel there are. */
    int count() {
        return count;
    }

    /** Takes a sample of each channel, as their sum. */
    void add(double sumOfChannels) {
        if (count == most) {
            throw Recording.tooLong(maxSeconds);
        }
        if (count == samples.length) {
            samples = Arrays.copyOf(samples, (int) Math.min(most, 2L * count));
        }
        samples[count++] = (float) (sumOfChannels / channels);
    }

    /** Takes interleaved samples of all channels. */
    void add(short[] interleaved, int from, int length) {
        for (int i = from; i + channels <= from + length; i += channels) {
            int sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += interleaved[i + c];
            }
            add(sum / 32768.0);
        }
    }

    /** To be called now and then: a file that takes long to decode was made for that. */
    void checkTime() {
        if (System.nanoTime() > deadline) {
            throw Recording.refused("damaged_audio", "the recording takes too long to decode");
        }
    }

    /** The sound from a sample on. */
    Waveform waveform(int from) {
        if (count <= from) {
            throw Recording.refused("no_audio", "the file holds no audio");
        }
        return new Waveform(Arrays.copyOfRange(samples, from, count), rate);
    }

    /** Leaves only the first samples. */
    void cut(int length) {
        count = Math.min(count, length);
    }
}
