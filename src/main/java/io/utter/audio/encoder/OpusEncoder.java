package io.utter.audio.encoder;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import io.utter.audio.Pcm16;
import org.gagravarr.ogg.OggFile;
import org.gagravarr.ogg.OggPacket;
import org.gagravarr.ogg.OggPacketWriter;
import org.gagravarr.opus.OpusInfo;
import org.gagravarr.opus.OpusTags;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Opus in Ogg (RFC 7845). Each chunk ends a page, so that players get what there is. */
final class OpusEncoder implements StreamEncoder {
    /** Unit of positions in the file, whatever the rate of the samples. */
    private static final int POSITIONS_PER_SECOND = 48_000;
    private static final int FRAMES_PER_SECOND = 50;
    /** Bits per second, at which speech of one channel is transparent. */
    private static final int BIT_RATE = 64_000;
    /** Of 10: more takes twice as long, and is not heard at this bit rate. */
    private static final int COMPLEXITY = 5;
    private static final int LONGEST_PACKET = 1_275;

    private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OggPacketWriter pages = new OggFile(out).getPacketWriter();
    private final int positionsPerSample;
    private final int lookAhead;
    private final short[] frame;
    private int filled;
    private long taken;
    private long encoded;

    OpusEncoder(int sampleRate) {
        try {
            encoder = new io.github.jaredmdobson.concentus.OpusEncoder(sampleRate, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
            encoder.setBitrate(BIT_RATE);
            encoder.setComplexity(COMPLEXITY);
            encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
            positionsPerSample = POSITIONS_PER_SECOND / sampleRate;
            lookAhead = encoder.getLookahead();
            frame = new short[sampleRate / FRAMES_PER_SECOND];
            OpusInfo head = new OpusInfo();
            head.setNumChannels(1);
            head.setSampleRate(sampleRate);
            head.setPreSkip(lookAhead * positionsPerSample);
            pages.bufferPacket(head.write(), true);
            pages.bufferPacket(new OpusTags().write(), true);
        } catch (OpusException e) {
            throw new IllegalArgumentException("no rate of Opus: " + sampleRate, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of an array
        }
    }

    @Override
    public byte[] encode(float[] samples) {
        taken += samples.length;
        for (float sample : samples) {
            if (filled == frame.length) { // the last frame is kept back, for the end has to be said with a packet
                bufferPacket();
            }
            frame[filled++] = (short) Pcm16.quantize(sample);
        }
        return bytes(pages::flush);
    }

    @Override
    public byte[] finish() {
        long end = taken + lookAhead; // what a decoder gives after so many is what the encoder was given last
        while (encoded + frame.length < end) {
            Arrays.fill(frame, filled, frame.length, (short) 0);
            bufferPacket();
        }
        Arrays.fill(frame, filled, frame.length, (short) 0);
        pages.bufferPacket(packet(), end * positionsPerSample);
        return bytes(pages::close);
    }

    private OggPacket packet() {
        byte[] packet = new byte[LONGEST_PACKET];
        try {
            int length = encoder.encode(frame, 0, frame.length, packet, 0, packet.length);
            encoded += frame.length;
            filled = 0;
            return new OggPacket(Arrays.copyOf(packet, length));
        } catch (OpusException e) {
            throw new IllegalStateException(e); // a frame of the length that it wants
        }
    }

    private void bufferPacket() {
        OggPacket packet = packet();
        pages.bufferPacket(packet, encoded * positionsPerSample);
    }

    private interface Ending {
        void run() throws IOException;
    }

    private byte[] bytes(Ending ending) {
        try {
            ending.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of an array
        }
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }
}
