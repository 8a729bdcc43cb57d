package io.utter.audio.encoder;

import io.utter.audio.SincResampler;

import java.io.ByteArrayOutputStream;

/** Brings samples to the rate that an encoder expects. */
final class ResamplingEncoder implements StreamEncoder {
    private final SincResampler resampler;
    private final StreamEncoder encoder;

    ResamplingEncoder(int from, int to, StreamEncoder encoder) {
        this.resampler = new SincResampler(from, to);
        this.encoder = encoder;
    }

    @Override
    public byte[] encode(float[] samples) {
        return encoder.encode(resampler.next(samples));
    }

    @Override
    public byte[] finish() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(encoder.encode(resampler.finish()));
        bytes.writeBytes(encoder.finish());
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
