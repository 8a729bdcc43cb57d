package io.utter.audio;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gagravarr.ogg.OggPacket;
import org.gagravarr.ogg.OggPacketReader;

/** Opus in Ogg (RFC 7845) of one or two channels, with Concentus. */
final class OpusReader {
    private static final String HEAD = "OpusHead";
    private static final int RATE = 48_000;
    /** Longest packet, 120 ms. */
    private static final int MOST_SAMPLES = 5_760;
    private static final int CHANNELS_AT = 9;
    private static final int PRE_SKIP_AT = 10;
    private static final int FAMILY_AT = 18;
    private static final int HEAD_BYTES = 19;
    /** The page header of the first page, with one segment. */
    private static final int FIRST_PACKET = 28;

    private final byte[] file;

    OpusReader(byte[] file) {
        this.file = file;
    }

    static boolean recognizes(byte[] file) {
        return Recording.starts(file, 0, "OggS") && Recording.starts(file, FIRST_PACKET, HEAD);
    }

    Waveform read(double maxSeconds) throws IOException, OpusException {
        if (!OggPages.areWhole(file)) {
            throw Recording.refused("damaged_audio", "the Opus file is damaged");
        }
        OggPacketReader packets = new OggPacketReader(new ByteArrayInputStream(file));
        byte[] head = packets.getNextPacket().getData();
        if (head.length < HEAD_BYTES || head[FAMILY_AT] != 0) {
            throw Recording.refused("unsupported_audio", "Opus of more than two channels is not supported");
        }
        int skipped = Short.toUnsignedInt(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getShort(PRE_SKIP_AT));
        DecodedAudio audio = new DecodedAudio(RATE, head[CHANNELS_AT], maxSeconds + skipped / (double) RATE);
        OpusDecoder decoder = new OpusDecoder(RATE, audio.channels());
        short[] samples = new short[MOST_SAMPLES * audio.channels()];
        packets.getNextPacket(); // tags
        for (OggPacket packet = packets.getNextPacket(); packet != null; packet = packets.getNextPacket()) {
            audio.checkTime();
            byte[] data = packet.getData();
            int decoded = decoder.decode(data, 0, data.length, samples, 0, MOST_SAMPLES, false);
            audio.add(samples, 0, decoded * audio.channels());
            if (packet.isEndOfStream()) {
                audio.cut((int) Math.clamp(packet.getGranulePosition(), 0, Integer.MAX_VALUE)); // the last packet may be longer than the sound
                break;
            }
        }
        return audio.waveform(skipped);
    }
}
