package io.utter.audio;

import java.io.ByteArrayInputStream;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/** MPEG audio, layers 1 to 3, with JLayer. */
final class Mp3Reader {
    private static final int ID3_HEADER = 10;

    private final byte[] file;

    Mp3Reader(byte[] file) {
        this.file = file;
    }

    /** Whether it begins with a tag or with a frame of MPEG audio. */
    static boolean recognizes(byte[] file) {
        return Recording.starts(file, 0, "ID3") || isFrame(file, 0);
    }

    private static boolean isFrame(byte[] file, int at) {
        boolean synchronous = file.length >= at + 4 && file[at] == (byte) 0xFF && (file[at + 1] & 0xE0) == 0xE0;
        // reserved version, layer (ADTS has that one), bit rate, sampling rate
        return synchronous && (file[at + 1] & 0x18) != 0x08 && (file[at + 1] & 0x06) != 0 && (file[at + 2] & 0xF0) != 0xF0 && (file[at + 2] & 0x0C) != 0x0C;
    }

    Waveform read(double maxSeconds) throws JavaLayerException {
        int from = Mp3Frames.sound(file, afterTag())
                .orElseThrow(() -> Recording.refused("damaged_audio", "the MP3 file is damaged or cut short"));
        Bitstream stream = new Bitstream(new ByteArrayInputStream(file, from, file.length - from));
        Decoder decoder = new Decoder();
        DecodedAudio audio = null;
        for (Header header = stream.readFrame(); header != null; header = stream.readFrame()) {
            SampleBuffer samples = (SampleBuffer) decoder.decodeFrame(header, stream);
            if (audio == null) {
                audio = new DecodedAudio(samples.getSampleFrequency(), samples.getChannelCount(), maxSeconds);
            }
            audio.checkTime();
            if (header.frequency() != audio.rate() || samples.getChannelCount() != audio.channels()) {
                throw Recording.refused("damaged_audio", "the MP3 file is damaged");
            }
            audio.add(samples.getBuffer(), 0, samples.getBufferLength());
            stream.closeFrame();
        }
        if (audio == null) {
            throw Recording.refused("no_audio", "the MP3 file holds no audio");
        }
        return audio.waveform(0);
    }

    /** Tags state their length, and JLayer would make room for it. */
    private int afterTag() {
        if (!Recording.starts(file, 0, "ID3") || file.length < ID3_HEADER) {
            return 0;
        }
        int length = 0;
        for (int i = 6; i < ID3_HEADER; i++) {
            length = length << 7 | file[i] & 0x7F;
        }
        return Math.min(file.length, ID3_HEADER + length);
    }
}
