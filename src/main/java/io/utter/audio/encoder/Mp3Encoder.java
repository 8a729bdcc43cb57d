package io.utter.audio.encoder;

import de.sciss.jump3r.lowlevel.LameEncoder;
import io.utter.audio.Pcm16;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;

/**
 * MP3 of a constant bit rate, by LAME. It begins with a frame of silence, in which LAME leaves room for a header that tells lengths. The whole
 * length is not known here; what is written there is the encoder's delay, so that players begin with the first sample. Those that heed only a
 * header with a length ({@code ffmpeg}) play the frame.
 */
final class Mp3Encoder implements StreamEncoder {
    /** From here on a frame is of MPEG 1: twice as long, and with side information twice as large. */
    private static final int LOWEST_MPEG1_RATE = 32_000;
    /** Kilobits per second, at which speech of one channel is transparent. */
    private static final int MPEG1_BIT_RATE = 96;
    private static final int MPEG2_BIT_RATE = 64;
    /** Frame header and side information of one channel. */
    private static final int MPEG1_HEADER_AT = 4 + 17;
    private static final int MPEG2_HEADER_AT = 4 + 9;
    /** LAME's, in samples; players add that of their decoder. */
    private static final int DELAY = 576;
    /** Where the delay is, after the header's name, its flags and LAME's name. */
    private static final int DELAY_AT = 4 + 4 + 21;
    private static final int METHOD_AT = 4 + 4 + 9;
    private static final byte CONSTANT_BIT_RATE = 1;
    private static final int HEADER_BYTES = DELAY_AT + 3;
    /** Of LAME and a decoder together: so many samples more have to be there for the last to be heard. */
    private static final int WHOLE_DELAY = DELAY + 529;
    private static final int SAMPLES_AT_A_TIME = 1152;
    private static final int ROOM = 16 * 1024;

    private final LameEncoder lame;
    private final boolean mpeg1;
    private final int frameBytes;
    private final byte[] room = new byte[ROOM];
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private long samples;
    private long frames;

    Mp3Encoder(int sampleRate) {
        mpeg1 = sampleRate >= LOWEST_MPEG1_RATE;
        int kilobits = mpeg1 ? MPEG1_BIT_RATE : MPEG2_BIT_RATE;
        frameBytes = samplesPerFrame() / 8 * 1000 * kilobits / sampleRate;
        AudioFormat pcm = new AudioFormat(sampleRate, 8 * Pcm16.BYTES_PER_SAMPLE, 1, true, false);
        lame = new LameEncoder(pcm, kilobits, LameEncoder.CHANNEL_MODE_MONO, LameEncoder.QUALITY_MIDDLE, false);
    }

    private int samplesPerFrame() {
        return mpeg1 ? 1152 : 576;
    }

    @Override
    public byte[] encode(float[] chunk) {
        samples += chunk.length;
        byte[] pcm = Pcm16.encode(chunk);
        int step = SAMPLES_AT_A_TIME * Pcm16.BYTES_PER_SAMPLE;
        for (int at = 0; at < pcm.length; at += step) {
            pending.write(room, 0, lame.encodeBuffer(pcm, at, Math.min(step, pcm.length - at), room));
        }
        return frames(Long.MAX_VALUE);
    }

    @Override
    public byte[] finish() {
        if (samples == 0) {
            return new byte[0]; // LAME cannot end what has not begun
        }
        pending.write(room, 0, lame.encodeFinish(room)); // with up to two frames more than are needed
        return frames(1 + Math.ceilDiv(samples + WHOLE_DELAY, samplesPerFrame()));
    }

    @Override
    public void close() {
        lame.close();
    }

    /** The frames that are whole, of all but the first {@code most} none. */
    private byte[] frames(long most) {
        byte[] bytes = pending.toByteArray();
        int end = 0;
        while (frames < most && end + 2 < bytes.length) {
            int length = frameBytes + (bytes[end + 2] >> 1 & 1); // its padding bit
            if (end + length > bytes.length) {
                break;
            }
            if (frames == 0) {
                writeHeader(ByteBuffer.wrap(bytes, mpeg1 ? MPEG1_HEADER_AT : MPEG2_HEADER_AT, HEADER_BYTES).slice());
            }
            frames++;
            end += length;
        }
        pending.reset();
        pending.write(bytes, end, bytes.length - end);
        return Arrays.copyOf(bytes, end);
    }

    private static void writeHeader(ByteBuffer header) {
        header.put("Info".getBytes(StandardCharsets.US_ASCII)).putInt(0); // neither frames, bytes, contents nor quality follow
        header.put("LAME".getBytes(StandardCharsets.US_ASCII));
        header.put(METHOD_AT, CONSTANT_BIT_RATE);
        header.put(DELAY_AT, (byte) (DELAY >> 4)).put(DELAY_AT + 1, (byte) ((DELAY & 0xf) << 4)); // 12 bits each: delay, padding at the end
    }
}
