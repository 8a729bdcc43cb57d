package io.utter.audio;

import io.utter.error.UtterException;

import java.nio.charset.StandardCharsets;

/**
 * Reads recordings that callers send: WAV, FLAC, MP3 and Ogg Opus by themselves, and others with an installed {@code ffmpeg}. Channels are
 * averaged. Nothing that a file says of itself is believed: audio is counted while it is decoded, and one sample more than is allowed ends it.
 */
public final class Recording {
    /** What errors are about. */
    static final String FIELD = "reference";

    private static final String READABLE = "WAV, FLAC, MP3 and Ogg Opus";

    private Recording() {}

    /**
     * @param maxSeconds longer audio is refused as soon as that is known
     * @throws UtterException.InvalidInput about {@code reference}, saying what is wrong with the file
     */
    public static Waveform read(byte[] file, double maxSeconds) {
        if (starts(file, 0, "RIFF") && starts(file, 8, "WAVE")) {
            return WavReader.read(file, maxSeconds);
        }
        if (starts(file, 0, "fLaC")) {
            return decoded("FLAC", () -> new FlacReader(file).read(maxSeconds));
        }
        if (OpusReader.recognizes(file)) {
            return decoded("Opus", () -> new OpusReader(file).read(maxSeconds));
        }
        if (Mp3Reader.recognizes(file)) {
            return decoded("MP3", () -> new Mp3Reader(file).read(maxSeconds));
        }
        return Ffmpeg.installed().orElseThrow(() -> refused("unsupported_audio", "the recording is none of " + READABLE)).read(file, maxSeconds);
    }

    private interface Decoding {
        Waveform run() throws Exception;
    }

    /** Decoders meet damaged files with all kinds of exceptions. */
    private static Waveform decoded(String format, Decoding decoding) {
        try {
            return decoding.run();
        } catch (UtterException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            throw refused("damaged_audio", "the " + format + " file is damaged");
        }
    }

    static boolean starts(byte[] file, int at, String tag) {
        byte[] expected = tag.getBytes(StandardCharsets.ISO_8859_1);
        return file.length >= at + expected.length
                && java.util.Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
    }

    static UtterException.InvalidInput refused(String code, String message) {
        return new UtterException.InvalidInput(FIELD, code, message);
    }

    static UtterException.InvalidInput tooLong(double maxSeconds) {
        return refused("audio_too_long", "the recording is longer than %.0f seconds".formatted(maxSeconds));
    }
}
