package io.utter.audio;

import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A reference recording as the style encoder hears it: 32 kHz, one channel, peaks tamed (spec 3.1). */
public final class ReferenceAudio {
    private static final int RATE = 32_000;
    private static final int FRAME = 2048;
    private static final int HOP = 640;
    private static final float MOST_DIVISOR = 2;
    /** Upstream's rule, applied to what is heard: shorter says too little of a voice, longer is not a clip. */
    private static final double LEAST_SECONDS = 3;
    private static final double MOST_SECONDS = 10;

    private final Waveform sound;

    private ReferenceAudio(Waveform sound) {
        this.sound = sound;
    }

    /**
     * Reads a WAV file of 3 to 10 seconds.
     *
     * @throws UtterException.InvalidInput about {@code reference}, saying what is wrong
     */
    public static ReferenceAudio read(Path file) throws IOException {
        Waveform sound = WavReader.read(Files.readAllBytes(file), MOST_SECONDS);
        if (sound.seconds() < LEAST_SECONDS) {
            throw new UtterException.InvalidInput("reference", "audio_too_short",
                    "the recording is %.1f seconds long; 3 to 10 are needed".formatted(sound.seconds()));
        }
        return of(sound);
    }

    static ReferenceAudio of(Waveform sound) {
        return new ReferenceAudio(SincResampler.resample(sound, RATE));
    }

    /** Magnitudes [1025, frames] of the recording, which is divided by its peak, or by 2 if that is less, where it exceeds 1. */
    public Spectrogram spectrogram() {
        float peak = sound.peak();
        float divisor = peak > 1 ? Math.min(MOST_DIVISOR, peak) : 1;
        float[] tamed = sound.samples().clone();
        for (int i = 0; i < tamed.length; i++) {
            tamed[i] /= divisor;
        }
        return Spectrogram.of(tamed, FRAME, HOP);
    }
}
