package io.utter.api;

import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;
import io.utter.error.UtterException.InvalidInput;

import java.util.OptionalInt;

/**
 * How a caller of OpenAI's API wants to be given speech.
 *
 * @param sampleRate samples per second, if the caller says so
 * @param framing audio alone, or events that hold it
 */
record SpeechDelivery(AudioFormat kind, OptionalInt sampleRate, Framing framing) implements Delivery {
    /** What clients of OpenAI's take {@code pcm} to have, whatever the voice. */
    private static final int PCM_RATE = 24_000;

    /** @throws InvalidInput if this machine does not have the format, or the format not the rate */
    SpeechDelivery {
        kind.whyNot().ifPresent(reason -> {
            throw new InvalidInput("response_format", "unsupported_format", "response_format " + kind.id() + " cannot be had: " + reason + ".");
        });
        sampleRate.ifPresent(rate -> {
            if (!kind.holds(rate)) {
                throw new InvalidInput("sample_rate", "out_of_range",
                        "sample_rate is %d; for %s it must be %s.".formatted(rate, kind.id(), kind.rates()));
            }
        });
    }

    @Override
    public int rate(int voiceRate) {
        return sampleRate.orElse(kind == AudioFormat.PCM ? PCM_RATE : kind.rateFor(voiceRate));
    }

    @Override
    public String format() {
        return kind.id();
    }

    @Override
    public String mediaType() {
        return framing.mediaType(kind);
    }

    @Override
    public StreamEncoder encoder(int voiceRate) {
        return kind.encoder(voiceRate, rate(voiceRate));
    }
}
