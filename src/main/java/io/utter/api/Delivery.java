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
}
