package io.utter.audio.encoder;

import io.utter.audio.Pcm16;
import io.utter.audio.WavHeader;

/** 16-bit PCM, with something before it or nothing. */
final class PcmEncoder implements StreamEncoder {
    private static final byte[] NOTHING = {};

    private byte[] head;

    private PcmEncoder(byte[] head) {
        this.head = head;
    }

    static PcmEncoder raw() {
        return new PcmEncoder(NOTHING);
    }

    static PcmEncoder wav(int sampleRate) {
        return new PcmEncoder(WavHeader.streaming(sampleRate));
    }

    @Override
    public byte[] encode(float[] samples) {
        byte[] bytes = new byte[head.length + samples.length * Pcm16.BYTES_PER_SAMPLE];
        System.arraycopy(head, 0, bytes, 0, head.length);
        Pcm16.encode(samples, bytes, head.length);
        head = NOTHING;
        return bytes;
    }

    @Override
    public byte[] finish() {
        return NOTHING;
    }
}
