package io.utter.audio;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/**
 * The frames of an MP3 file (MPEG 1, 2 and 2.5, layer 3), looked at before anything is decoded: decoders search for the next frame after a
 * damaged one, and tell nobody. A frame says how long it is; and LAME and FFmpeg write a checksum of all frames into one before them.
 */
final class Mp3Frames {
    private static final int HEADER_BYTES = 4;
    private static final int SYNCHRONOUS = 0x7FF;
    private static final int MPEG1 = 3;
    private static final int MPEG2 = 2;
    private static final int RESERVED = 1;
    private static final int LAYER3 = 1;
    private static final int MONO = 3;
    /** Kilobits per second by what a header says. */
    private static final int[] MPEG1_BIT_RATES = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320};
    private static final int[] MPEG2_BIT_RATES = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160};
    /** Of MPEG 1; a half with MPEG 2, a fourth with 2.5. */
    private static final int[] SAMPLING_RATES = {44_100, 48_000, 32_000};

    /** With what tags begin. */
    private static final List<String> TAGS = List.of("TAG", "ID3", "3DI", "APETAGEX", "LYRICSBEGIN");
    /** With what the header of the whole begins, in the first frame behind its side information. */
    private static final List<String> NAMES = List.of("Xing", "Info");
    /** Sizes of what may follow its flags, a bit for each: frames, bytes, places, quality. */
    private static final int[] OPTIONAL_BYTES = {4, 4, 100, 4};
    /** Behind that, from the encoder's name on: bytes from this frame on, and the checksum of those of later frames. */
    private static final int LENGTH_AT = 28;
    private static final int CHECKSUM_AT = 32;
    private static final int CHECKSUM_POLYNOMIAL = 0xA001;

    private Mp3Frames() {}

    private record Frame(int version, boolean mono, int rate, int bytes) {
        private int sideBytes() {
            return version == MPEG1 ? mono ? 17 : 32 : mono ? 9 : 17;
        }

        private boolean continues(Frame first) {
            return version == first.version && mono == first.mono && rate == first.rate;
        }
    }

    /**
     * Checks that whole frames of one stream follow each other up to a tag, zeros or the file's end, and that they have the checksum that the
     * first may hold. What is not of layer 3, or does not tell its bit rate, is not checked.
     *
     * @param from where the first frame begins
     * @return where the first frame of sound begins, which the one with the checksum is not; empty if the file is damaged
     */
    static OptionalInt sound(byte[] file, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (isOfOtherKind(bytes, from)) {
            return OptionalInt.of(from);
        }
        Frame first = frame(bytes, from);
        int at = from;
        while (at < file.length && !isTag(file, at) && !areZeros(file, at)) {
            Frame frame = frame(bytes, at);
            if (frame == null || !frame.continues(first) || frame.bytes > file.length - at) {
                return OptionalInt.empty();
            }
            at += frame.bytes;
        }
        if (first == null) {
            return OptionalInt.empty();
        }
        int header = from + HEADER_BYTES + first.sideBytes();
        if (NAMES.stream().noneMatch(name -> Recording.starts(file, header, name))) {
            return OptionalInt.of(from);
        }
        return hasItsChecksum(bytes, from, first, header) ? OptionalInt.of(from + first.bytes) : OptionalInt.empty();
    }

    private static boolean isOfOtherKind(ByteBuffer file, int at) {
        if (file.limit() - at < HEADER_BYTES) {
            return false;
        }
        int header = file.getInt(at);
        return header >>> 21 == SYNCHRONOUS && (bits(header, 17, 2) != LAYER3 || bits(header, 12, 4) == 0);
    }

    /** The frame that begins there; null if none does. */
    private static Frame frame(ByteBuffer file, int at) {
        if (file.limit() - at < HEADER_BYTES) {
            return null;
        }
        int header = file.getInt(at);
        int version = bits(header, 19, 2);
        int bitRate = bits(header, 12, 4);
        int samplingRate = bits(header, 10, 2);
        boolean valid = header >>> 21 == SYNCHRONOUS && version != RESERVED && bits(header, 17, 2) == LAYER3 && bitRate > 0
                && bitRate < MPEG1_BIT_RATES.length && samplingRate < SAMPLING_RATES.length;
        if (!valid) {
            return null;
        }
        int rate = SAMPLING_RATES[samplingRate] / (version == MPEG1 ? 1 : version == MPEG2 ? 2 : 4);
        int bits = 1000 * (version == MPEG1 ? MPEG1_BIT_RATES : MPEG2_BIT_RATES)[bitRate];
        int samples = version == MPEG1 ? 1152 : 576;
        return new Frame(version, bits(header, 6, 2) == MONO, rate, samples / 8 * bits / rate + bits(header, 9, 1));
    }

    private static int bits(int header, int lowest, int count) {
        return header >>> lowest & (1 << count) - 1;
    }

    private static boolean isTag(byte[] file, int at) {
        return TAGS.stream().anyMatch(tag -> Recording.starts(file, at, tag));
    }

    private static boolean areZeros(byte[] file, int from) {
        for (int at = from; at < file.length; at++) {
            if (file[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasItsChecksum(ByteBuffer file, int from, Frame first, int header) {
        int encoder = header + 8;
        for (int i = 0; i < OPTIONAL_BYTES.length; i++) {
            encoder += OPTIONAL_BYTES[i] * bits(file.getInt(header + 4), i, 1);
        }
        int end = encoder + CHECKSUM_AT + Short.BYTES;
        if (end > from + first.bytes || file.getInt(encoder + LENGTH_AT) == 0) {
            return true; // an encoder that writes none
        }
        int length = file.getInt(encoder + LENGTH_AT);
        return length >= first.bytes && length <= file.limit() - from
                && checksum(file.array(), from + first.bytes, from + length) == Short.toUnsignedInt(file.getShort(encoder + CHECKSUM_AT));
    }

    /** CRC-16 with the polynomial x^16 + x^15 + x^2 + 1, lowest bits first. */
    private static int checksum(byte[] file, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at++) {
            sum ^= Byte.toUnsignedInt(file[at]);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : sum >>> 1 ^ CHECKSUM_POLYNOMIAL;
            }
        }
        return sum;
    }
}
