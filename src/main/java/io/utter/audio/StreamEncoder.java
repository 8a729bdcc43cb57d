package io.utter.audio;

/** Turns the chunks of one stream into bytes; the container's head comes with the first chunk. For one thread at a time. */
public final class StreamEncoder {
    private byte[] head;

    public StreamEncoder(AudioFormat format, int sampleRate) {
        this.head = format.head(sampleRate);
    }

    /** The bytes of the next chunk. */
    public byte[] encode(float[] samples) {
        byte[] bytes = new byte[head.length + samples.length * Pcm16.BYTES_PER_SAMPLE];
        System.arraycopy(head, 0, bytes, 0, head.length);
        Pcm16.encode(samples, bytes, head.length);
        head = new byte[0];
        return bytes;
    }
}
