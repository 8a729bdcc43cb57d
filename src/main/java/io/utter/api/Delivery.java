package io.utter.api;

import io.utter.audio.encoder.StreamEncoder;

/** How a caller wants to be given speech. */
interface Delivery {

    /** The id of the format, for the log. */
    String format();

    String mediaType();

    Framing framing();

    /** The rate that a voice of this rate is sent at. */
    int rate(int voiceRate);

    /** Begins a stream of a voice of this rate. */
    StreamEncoder encoder(int voiceRate);

    /** Whether it is sent when there is all of it, as an answer that says how long it is. */
    default boolean isWhole() {
        return false;
    }

    /** What such an answer begins with, before this many bytes of the stream; perhaps nothing. */
    default byte[] head(int voiceRate, long bytes) {
        return new byte[0];
    }
}
