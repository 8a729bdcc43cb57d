package io.utter.api;

import io.utter.audio.WavHeader;
import io.utter.audio.encoder.AudioFormat;
import io.utter.audio.encoder.StreamEncoder;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/**
 * How {@code /tts} gives speech: at the voice's own rate, as it is made or, as a client that does not stream expects it, when it is whole.
 *
 * @param isWhole whether it comes in one piece, as WAV with its sizes
 */
record TtsDelivery(ApiV2.MediaType type, boolean isWhole) implements Delivery {

    @Override
    public String format() {
        return type.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String mediaType() {
        return "audio/" + format();
    }

    @Override
    public Framing framing() {
        return Framing.AUDIO;
    }

    @Override
    public int rate(int voiceRate) {
        return type.format().rateFor(voiceRate);
    }

    @Override
    public StreamEncoder encoder(int voiceRate) {
        int rate = rate(voiceRate);
        if (type != ApiV2.MediaType.WAV) {
            return type.format().encoder(voiceRate, rate);
        }
        StreamEncoder samples = AudioFormat.PCM.encoder(voiceRate, rate);
        return isWhole ? samples : new Headed(WavHeader.sized(rate, 0), samples);
    }

    @Override
    public byte[] head(int voiceRate, long bytes) {
        return type == ApiV2.MediaType.WAV ? WavHeader.sized(rate(voiceRate), bytes) : new byte[0];
    }

    /** Puts something before the first bytes: upstream's header of WAV says that there are no samples, and its clients know better. */
    private static final class Headed implements StreamEncoder {
        private final byte[] head;
        private final StreamEncoder encoder;
        private boolean begun;

        Headed(byte[] head, StreamEncoder encoder) {
            this.head = head;
            this.encoder = encoder;
        }

        @Override
        public byte[] encode(float[] samples) {
            byte[] bytes = encoder.encode(samples);
            if (begun) {
                return bytes;
            }
            begun = true;
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            first.writeBytes(head);
            first.writeBytes(bytes);
            return first.toByteArray();
        }

        @Override
        public byte[] finish() {
            return encoder.finish();
        }
    }
}
