package io.utter.audio.encoder;

import io.utter.audio.Ffmpeg;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What speech is offered as, by OpenAI's names; all of it mono. */
public enum AudioFormat {
    /** 16-bit PCM with the header of a file whose length is unknown. */
    WAV("audio/wav"),
    /** 16-bit little-endian PCM, nothing else. */
    PCM("audio/pcm"),
    FLAC("audio/flac"),
    /** With LAME's header, so that players leave out the encoder's delay. */
    MP3("audio/mpeg", 8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000),
    /** Opus in Ogg. */
    OPUS("audio/opus", 8_000, 12_000, 16_000, 24_000, 48_000),
    /** AAC-LC in ADTS; takes an installed {@code ffmpeg}. */
    AAC("audio/aac", 8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000);

    /** Bounds of the rates that may be asked for. */
    public static final int LOWEST_RATE = 8_000;
    public static final int HIGHEST_RATE = 48_000;

    private final String mediaType;
    private final int[] rates;

    /** @param rates the only ones it can hold, ascending; none: any */
    AudioFormat(String mediaType, int... rates) {
        this.mediaType = mediaType;
        this.rates = rates;
    }

    public static Optional<AudioFormat> named(String id) {
        return Arrays.stream(values()).filter(format -> format.id().equals(id)).findFirst();
    }

    /** Those that this machine can give. */
    public static List<AudioFormat> available() {
        return Arrays.stream(values()).filter(format -> format.whyNot().isEmpty()).toList();
    }

    /** Ids of all formats, for messages: {@code wav, pcm, ...}. */
    public static String ids() {
        return Arrays.stream(values()).map(AudioFormat::id).collect(Collectors.joining(", "));
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return mediaType;
    }

    /** Why this machine cannot give it; empty if it can. */
    public Optional<String> whyNot() {
        return this == AAC && Ffmpeg.installed().isEmpty() ? Optional.of("it takes ffmpeg, which is not installed on this server") : Optional.empty();
    }

    /** Whether it can hold samples of this rate. */
    public boolean holds(int rate) {
        return rates.length == 0 ? rate >= LOWEST_RATE && rate <= HIGHEST_RATE : Arrays.binarySearch(rates, rate) >= 0;
    }

    /** The rates it can hold, for messages. */
    public String rates() {
        return rates.length == 0 ? "from %d to %d".formatted(LOWEST_RATE, HIGHEST_RATE)
                : "one of " + Arrays.stream(rates).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    /** The rate for a voice of this rate where none is asked for: the same, or the next higher that it can hold, so that nothing is lost. */
    public int rateFor(int rate) {
        return holds(rate) ? rate : Arrays.stream(rates).filter(higher -> higher > rate).findFirst().orElse(HIGHEST_RATE);
    }

    /**
     * Begins a stream.
     *
     * @param from samples per second of what will be encoded
     * @param to samples per second of what is to come out, which the format can hold
     */
    public StreamEncoder encoder(int from, int to) {
        StreamEncoder encoder = switch (this) {
            case WAV -> PcmEncoder.wav(to);
            case PCM -> PcmEncoder.raw();
            case FLAC -> new FlacEncoder(to);
            case MP3 -> new Mp3Encoder(to);
            case OPUS -> new OpusEncoder(to);
            case AAC -> new AacEncoder(to, Ffmpeg.installed().orElseThrow());
        };
        return from == to ? encoder : new ResamplingEncoder(from, to, encoder);
    }
}
