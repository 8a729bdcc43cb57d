package io.utter.audio;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/**
 * FLAC with jFLAC. Of the blocks before the audio only the first is handed on: the others may state lengths of gigabytes, and say nothing of the
 * sound.
 */
final class FlacReader {
    private static final int BLOCK_HEADER = 4;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int LAST_BLOCK = 0x80;

    private final byte[] file;

    FlacReader(byte[] file) {
        this.file = file;
    }

    Waveform read(double maxSeconds) throws IOException {
        FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(withoutOtherBlocks()));
        StreamInfo info = decoder.readStreamInfo();
        DecodedAudio audio = new DecodedAudio(info.getSampleRate(), info.getChannels(), maxSeconds);
        int bytes = (info.getBitsPerSample() + 7) / 8;
        if (bytes < 1 || bytes > 3) {
            throw Recording.refused("unsupported_audio", "FLAC with " + info.getBitsPerSample() + " bits is not supported");
        }
        double scale = 1.0 / (1L << (info.getBitsPerSample() - 1));
        ByteData pcm = null;
        for (Frame frame = decoder.readNextFrame(); frame != null; frame = decoder.readNextFrame()) {
            audio.checkTime();
            if (frame.header.channels != audio.channels() || frame.header.bitsPerSample != info.getBitsPerSample()) {
                throw Recording.refused("damaged_audio", "the FLAC file is damaged");
            }
            pcm = decoder.decodeFrame(frame, pcm);
            add(pcm, bytes, scale, audio);
        }
        if (decoder.getBadFrames() > 0) {
            throw Recording.refused("damaged_audio", "the FLAC file is damaged");
        }
        if (audio.count() < info.getTotalSamples()) { // 0 where the encoder did not know
            throw Recording.refused("truncated_audio", "the recording is cut short: its header promises more than there is");
        }
        return audio.waveform(0);
    }

    private static void add(ByteData pcm, int bytes, double scale, DecodedAudio audio) {
        byte[] data = pcm.getData();
        int width = bytes * audio.channels();
        for (int at = 0; at + width <= pcm.getLen(); at += width) {
            long sum = 0;
            for (int c = 0; c < audio.channels(); c++) {
                sum += sample(data, at + c * bytes, bytes);
            }
            audio.add(sum * scale);
        }
    }

    /** Little-endian and signed, but for single bytes, which jFLAC moves up by half their range. */
    private static int sample(byte[] data, int at, int bytes) {
        return switch (bytes) {
            case 1 -> Byte.toUnsignedInt(data[at]) - 128;
            case 2 -> (data[at + 1] << 8) | Byte.toUnsignedInt(data[at]);
            default -> (data[at + 2] << 16) | Byte.toUnsignedInt(data[at + 1]) << 8 | Byte.toUnsignedInt(data[at]);
        };
    }

    private byte[] withoutOtherBlocks() {
        int first = BLOCK_HEADER + BLOCK_HEADER;
        int at = BLOCK_HEADER;
        boolean last = false;
        while (!last) {
            if (at + BLOCK_HEADER > file.length) {
                throw Recording.refused("damaged_audio", "the FLAC file is damaged");
            }
            last = (file[at] & LAST_BLOCK) != 0;
            int length = Byte.toUnsignedInt(file[at + 1]) << 16 | Byte.toUnsignedInt(file[at + 2]) << 8 | Byte.toUnsignedInt(file[at + 3]);
            if (at == BLOCK_HEADER && ((file[at] & ~LAST_BLOCK) != 0 || length != STREAM_INFO_BYTES)) {
                throw Recording.refused("damaged_audio", "the FLAC file is damaged");
            }
            at += BLOCK_HEADER + length;
        }
        if (at > file.length) {
            throw Recording.refused("truncated_audio", "the recording is cut short");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.writeBytes("fLaC".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {(byte) LAST_BLOCK, 0, 0, STREAM_INFO_BYTES});
        out.write(file, first, STREAM_INFO_BYTES);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }
}
