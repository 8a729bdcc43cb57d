package io.utter.audio;

import io.utter.error.UtterException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;

/**
 * FLAC with jFLAC. Of the blocks before the audio only the first is handed on: the others may state lengths of gigabytes, and say nothing of the
 * sound. Decoding ends with the first error, and what was decoded must have the checksum that encoders write.
 */
final class FlacReader {
    private static final int BLOCK_HEADER = 4;
    /** Behind the file's name and the block's header. */
    private static final int FIRST_BLOCK = BLOCK_HEADER + BLOCK_HEADER;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int LAST_BLOCK = 0x80;
    /** Of the sound as it was before it was encoded: the end of what the first block says. */
    private static final int CHECKSUM_BYTES = 16;

    private final byte[] file;

    FlacReader(byte[] file) {
        this.file = file;
    }

    Waveform read(double maxSeconds) throws IOException {
        FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(withoutOtherBlocks()));
        decoder.addFrameListener(new FirstError());
        StreamInfo info = decoder.readStreamInfo();
        DecodedAudio audio = new DecodedAudio(info.getSampleRate(), info.getChannels(), maxSeconds);
        int bytes = (info.getBitsPerSample() + 7) / 8;
        if (bytes < 1 || bytes > 3) {
            throw Recording.refused("unsupported_audio", "FLAC with " + info.getBitsPerSample() + " bits is not supported");
        }
        double scale = 1.0 / (1L << (info.getBitsPerSample() - 1));
        MessageDigest checksum = md5();
        ByteData pcm = null;
        long total = info.getTotalSamples(); // 0 where the encoder did not know
        while (total == 0 || audio.count() < total) {
            Frame frame = decoder.readNextFrame();
            if (frame == null) {
                break;
            }
            audio.checkTime();
            if (frame.header.channels != audio.channels() || frame.header.bitsPerSample != info.getBitsPerSample()) {
                throw damaged();
            }
            pcm = decoder.decodeFrame(frame, pcm);
            add(pcm, bytes, scale, audio);
            checksum.update(asEncoded(pcm, bytes));
        }
        if (audio.count() < total) {
            throw Recording.refused("truncated_audio", "the recording is cut short: its header promises more than there is");
        }
        byte[] expected = Arrays.copyOfRange(file, FIRST_BLOCK + STREAM_INFO_BYTES - CHECKSUM_BYTES, FIRST_BLOCK + STREAM_INFO_BYTES);
        if (!Arrays.equals(expected, new byte[CHECKSUM_BYTES]) && !Arrays.equals(expected, checksum.digest())) { // zeros: none
            throw damaged();
        }
        return audio.waveform(0);
    }

    /** Ends decoding at once: jFLAC would look for the next frame, and from behind the last one of which the file tells it does so for ever. */
    private static final class FirstError implements FrameListener {
        @Override
        public void processMetadata(Metadata metadata) {
            // says nothing of the sound
        }

        @Override
        public void processFrame(Frame frame) {
            // readNextFrame returns it
        }

        @Override
        public void processError(String message) {
            throw damaged();
        }
    }

    private static UtterException damaged() {
        return Recording.refused("damaged_audio", "the FLAC file is damaged");
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    private static ByteBuffer asEncoded(ByteData pcm, int bytes) {
        byte[] samples = Arrays.copyOf(pcm.getData(), pcm.getLen());
        for (int i = 0; bytes == 1 && i < samples.length; i++) {
            samples[i] -= (byte) 128; // jFLAC has moved them up
        }
        return ByteBuffer.wrap(samples);
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
        int at = BLOCK_HEADER;
        boolean last = false;
        while (!last) {
            if (at + BLOCK_HEADER > file.length) {
                throw damaged();
            }
            last = (file[at] & LAST_BLOCK) != 0;
            int length = Byte.toUnsignedInt(file[at + 1]) << 16 | Byte.toUnsignedInt(file[at + 2]) << 8 | Byte.toUnsignedInt(file[at + 3]);
            if (at == BLOCK_HEADER && ((file[at] & ~LAST_BLOCK) != 0 || length != STREAM_INFO_BYTES)) {
                throw damaged();
            }
            at += BLOCK_HEADER + length;
        }
        if (at > file.length) {
            throw Recording.refused("truncated_audio", "the recording is cut short");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length);
        out.writeBytes("fLaC".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[] {(byte) LAST_BLOCK, 0, 0, STREAM_INFO_BYTES});
        out.write(file, FIRST_BLOCK, STREAM_INFO_BYTES);
        out.write(file, at, file.length - at);
        return out.toByteArray();
    }
}
