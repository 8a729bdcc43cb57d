package io.utter.audio;

import io.utter.error.UtterException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads RIFF/WAVE: PCM of 8, 16, 24 and 32 bits and IEEE floats of 32 and 64, plain or as WAVE_FORMAT_EXTENSIBLE. Channels are
 * averaged. Sizes that streaming writers leave open (0 or all ones) mean: to the end.
 */
public final class WavReader {
    private static final int PCM = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int EXTENSIBLE_FORMAT_BYTES = 26;

    private record Format(int coding, int channels, int rate, int bits) {}

    private WavReader() {}

    /**
     * @param maxSeconds longer audio is refused before it is decoded
     * @throws UtterException.InvalidInput about {@code reference}, saying what is wrong with the file
     */
    public static Waveform read(byte[] file, double maxSeconds) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !tag(in, 0).equals("RIFF") || !tag(in, 8).equals("WAVE")) {
            throw refused("not_wav", "the recording is not a WAV file");
        }
        Format format = null;
        int at = 12;
        while (at + 8 <= file.length) {
            String chunk = tag(in, at);
            long stated = Integer.toUnsignedLong(in.getInt(at + 4));
            int start = at + 8;
            boolean open = chunk.equals("data") && (stated == 0 || stated == 0xFFFFFFFFL);
            long end = open ? file.length : start + stated;
            if (end > file.length) {
                throw refused("truncated_audio", "the recording is cut short: its header promises more than there is");
            }
            if (chunk.equals("fmt ")) {
                format = format(in, start, (int) end - start);
            } else if (chunk.equals("data")) {
                return decode(in, start, (int) end, format, maxSeconds);
            }
            at = (int) Math.min(file.length, end + (stated & 1));
        }
        throw refused("no_audio", "the WAV file holds no audio");
    }

    private static Format format(ByteBuffer in, int at, int length) {
        if (length < 16) {
            throw refused("bad_wav", "the WAV file's format is damaged");
        }
        int coding = Short.toUnsignedInt(in.getShort(at));
        if (coding == EXTENSIBLE && length >= EXTENSIBLE_FORMAT_BYTES) {
            coding = Short.toUnsignedInt(in.getShort(at + EXTENSIBLE_FORMAT_BYTES - 2));
        }
        int channels = Short.toUnsignedInt(in.getShort(at + 2));
        int rate = in.getInt(at + 4);
        int bits = Short.toUnsignedInt(in.getShort(at + 14));
        boolean known = coding == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32) || coding == FLOAT && (bits == 32 || bits == 64);
        if (!known) {
            throw refused("unsupported_wav", "WAV of coding " + coding + " with " + bits + " bits is not supported: send PCM or float");
        }
        return new Format(coding, channels, rate, bits);
    }

    private static Waveform decode(ByteBuffer in, int start, int end, Format format, double maxSeconds) {
        if (format == null) {
            throw refused("bad_wav", "the WAV file has audio before its format");
        }
        DecodedAudio audio = new DecodedAudio(format.rate, format.channels, maxSeconds);
        int width = format.bits / 8;
        for (int at = start; at + width * format.channels <= end; at += width * format.channels) {
            double sum = 0;
            for (int c = 0; c < format.channels; c++) {
                sum += sample(in, at + c * width, format);
            }
            if (!Double.isFinite(sum)) {
                throw refused("bad_wav", "the WAV file holds values that are not numbers");
            }
            audio.add(sum);
        }
        return audio.waveform(0);
    }

    private static double sample(ByteBuffer in, int at, Format format) {
        if (format.coding == FLOAT) {
            return format.bits == 32 ? in.getFloat(at) : in.getDouble(at);
        }
        return switch (format.bits) {
            case 8 -> (Byte.toUnsignedInt(in.get(at)) - 128) / 128.0;
            case 16 -> in.getShort(at) / 32768.0;
            case 24 -> ((in.get(at + 2) << 16) | Short.toUnsignedInt(in.getShort(at))) / 8388608.0;
            default -> in.getInt(at) / 2147483648.0;
        };
    }

    private static String tag(ByteBuffer in, int at) {
        byte[] tag = new byte[4];
        in.get(at, tag);
        return new String(tag, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static UtterException.InvalidInput refused(String code, String message) {
        return Recording.refused(code, message);
    }
}
