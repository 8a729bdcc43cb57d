package io.utter.api;

import io.utter.audio.encoder.AudioFormat;
import io.utter.error.UtterException.InvalidInput;

import java.util.OptionalInt;

/**
 * How a caller wants to be given speech.
 *
 * @param sampleRate samples per second, if the caller says so
 * @param framing audio alone, or events that hold it
 */
record Delivery(AudioFormat format, OptionalInt sampleRate, Framing framing) {
    /** What clients of OpenAI's take {@code pcm} to have, whatever the voice. */
    private static final int PCM_RATE = 24_000;

    /** @throws InvalidInput if this machine does not have the format, or the format not the rate */
    Delivery {
        format.whyNot().ifPresent(reason -> {
            throw new InvalidInput("response_format", "unsupported_format", "response_format " + format.id() + " cannot be had: " + reason + ".");
        });
        sampleRate.ifPresent(rate -> {
            if (!format.holds(rate)) {
                throw new InvalidInput("sample_rate", "out_of_range", "sample_rate is %d; for %s it must be %s.".formatted(rate, format.id(), format.rates()));
            }
        });
    }

    /** The rate that a voice of this rate is sent at. */
    int rate(int voiceRate) {
        return sampleRate.orElse(format == AudioFormat.PCM ? PCM_RATE : format.rateFor(voiceRate));
    }

    String mediaType() {
        return framing.mediaType(format);
    }
}
