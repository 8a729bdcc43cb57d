package io.utter.audio.encoder;

/**
 * Turns the chunks of one stream into the bytes of a file. What a format needs before its first sample comes with the first bytes. For one
 * thread at a time; may block. Closed when the stream is over, however it ended; closing twice does nothing.
 */
public interface StreamEncoder extends AutoCloseable {

    /** Takes the next chunk, mono samples in [-1, 1], and gives all bytes that are ready; perhaps none. */
    byte[] encode(float[] samples);

    /** After the last chunk: the rest of the bytes. */
    byte[] finish();

    @Override
    default void close() {}
}
