package io.utter.audio.encoder;

import io.utter.audio.Pcm16;
import net.sourceforge.javaflacencoder.FLACEncoder;
import net.sourceforge.javaflacencoder.FLACStreamOutputStream;
import net.sourceforge.javaflacencoder.StreamConfiguration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** FLAC of 16 bits. The number of samples is left open, as the format allows for streams. */
final class FlacEncoder implements StreamEncoder {
    /** Samples in a frame: few, since what does not fill one waits for the next chunk. */
    private static final int BLOCK = 1152;
    private static final int BITS = 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final FLACEncoder encoder = new FLACEncoder();

    FlacEncoder(int sampleRate) {
        try {
            encoder.setThreadCount(1); // never started, but it fails without; by default it prepares several
            encoder.setStreamConfiguration(new StreamConfiguration(1, BLOCK, BLOCK, sampleRate, BITS));
            encoder.setOutputStream(new FLACStreamOutputStream(out));
            encoder.openFLACStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of an array
        }
    }

    @Override
    public byte[] encode(float[] samples) {
        int[] values = new int[samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Pcm16.quantize(samples[i]);
        }
        encoder.addSamples(values, values.length);
        return encode(encoder.fullBlockSamplesAvailableToEncode(), false);
    }

    @Override
    public byte[] finish() {
        encoder.addSamples(new int[0], 0); // it cannot end if it has been given nothing
        return encode(encoder.samplesAvailableToEncode(), true);
    }

    private byte[] encode(int samples, boolean end) {
        try {
            encoder.encodeSamples(samples, end);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of an array
        }
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }
}
