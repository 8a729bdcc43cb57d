package io.utter.audio;

import io.utter.error.UtterException;

import java.util.Arrays;

/** A reference recording as each network hears it (spec 3.1, 3.2, 3.5). */
public final class ReferenceAudio {
    private static final int STYLE_RATE = 32_000;
    private static final int FRAME = 2048;
    private static final int HOP = 640;
    private static final float MOST_DIVISOR = 2;
    private static final int CONTENT_RATE = 16_000;
    /** Silence behind what the content encoder hears, 0.6 s. */
    private static final int TAIL = 9_600;
    /** A recording whose mean power is below this (-60 dB of full scale) says nothing. */
    private static final double LEAST_POWER = 1e-6;
    /** So much of a recording may lie at full scale; more has been cut off. */
    private static final double MOST_CLIPPED = 0.05;
    private static final float FULL_SCALE = 0.9999f;

    private final Waveform sound;

    private ReferenceAudio(Waveform sound) {
        this.sound = sound;
    }

    /** What a recording is for, which says how long it may be. */
    public enum Use {
        /** Gives the prompt, and with it the way of speaking. Upstream's rule: shorter says too little of a voice, longer is not a clip. */
        PROMPT(3, 10),
        /** Gives only the sound of a voice. */
        STYLE(0.5, 30);

        private final double leastSeconds;
        private final double mostSeconds;

        Use(double leastSeconds, double mostSeconds) {
            this.leastSeconds = leastSeconds;
            this.mostSeconds = mostSeconds;
        }
    }

    /**
     * Reads a file of any format that {@link Recording} knows.
     *
     * @throws UtterException.InvalidInput about {@code reference}, saying what is wrong
     */
    public static ReferenceAudio read(byte[] file, Use use) {
        Waveform sound = Recording.read(file, use.mostSeconds);
        if (sound.seconds() < use.leastSeconds) {
            throw refused("audio_too_short", "the recording is %.1f seconds long; %s to %s are needed".formatted(sound.seconds(),
                    plain(use.leastSeconds), plain(use.mostSeconds)));
        }
        check(sound.samples());
        return of(sound);
    }

    static ReferenceAudio of(Waveform sound) {
        return new ReferenceAudio(sound);
    }

    private static String plain(double seconds) {
        return seconds == Math.rint(seconds) ? Integer.toString((int) seconds) : Double.toString(seconds);
    }

    private static void check(float[] samples) {
        double power = 0;
        int clipped = 0;
        for (float sample : samples) {
            power += (double) sample * sample;
            clipped += Math.abs(sample) >= FULL_SCALE ? 1 : 0;
        }
        if (power / samples.length < LEAST_POWER) {
            throw refused("audio_silent", "the recording is silent");
        }
        if (clipped > samples.length * MOST_CLIPPED) {
            throw refused("audio_clipped", "the recording is too loud: %d %% of it is cut off at full scale".formatted(
                    Math.round(100.0 * clipped / samples.length)));
        }
    }

    /** Magnitudes [1025, frames] of the recording at 32 kHz, its peaks tamed. */
    public Spectrogram spectrogram() {
        return Spectrogram.of(tamed().samples(), FRAME, HOP);
    }

    /** What the content encoder hears: 16 kHz as it is, and silence behind it. */
    public float[] contentWave() {
        float[] heard = KaiserResampler.resample(sound, CONTENT_RATE).samples();
        return Arrays.copyOf(heard, heard.length + TAIL);
    }

    /** What the speaker network hears. */
    public FilterBank filterBank() {
        return FilterBank.of(speakerWave());
    }

    float[] speakerWave() {
        return SincResampler.resample(tamed(), CONTENT_RATE).samples();
    }

    /** At 32 kHz, divided by its peak, or by 2 if that is less, where it exceeds 1. */
    private Waveform tamed() {
        Waveform resampled = SincResampler.resample(sound, STYLE_RATE);
        float peak = resampled.peak();
        float divisor = peak > 1 ? Math.min(MOST_DIVISOR, peak) : 1;
        float[] tamed = resampled.samples().clone();
        for (int i = 0; i < tamed.length; i++) {
            tamed[i] /= divisor;
        }
        return new Waveform(tamed, STYLE_RATE);
    }

    private static UtterException.InvalidInput refused(String code, String message) {
        return new UtterException.InvalidInput(Recording.FIELD, code, message);
    }
}
