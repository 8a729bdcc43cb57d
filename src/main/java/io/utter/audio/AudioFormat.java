package io.utter.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The containers that speech is offered in; both hold 16-bit mono PCM at the voice's own rate. */
public enum AudioFormat {
    WAV("audio/wav"),
    PCM("audio/pcm");

    private final String mediaType;

    AudioFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public static Optional<AudioFormat> named(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    /** All ids, for messages: {@code wav, pcm}. */
    public static String ids() {
        return Arrays.stream(values()).map(AudioFormat::id).collect(Collectors.joining(", "));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /** What comes before the first sample of a stream of unknown length. */
    public byte[] head(int sampleRate) {
        return this == WAV ? WavHeader.streaming(sampleRate) : new byte[0];
    }
}
