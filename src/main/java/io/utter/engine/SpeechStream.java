package io.utter.engine;

import java.util.concurrent.Flow;

/**
 * Speech that is being made: a publisher of mono samples in [-1, 1], cut into chunks of any length.
 *
 * <p>Takes one subscriber. Nothing is computed far ahead of what was requested, so a slow listener holds back only its own stream.
 * Cancelling the subscription frees what the stream holds within one decode step. An error after the first chunk is an
 * {@link io.utter.error.UtterException.Failed}; what came before it was good.
 */
public interface SpeechStream extends Flow.Publisher<float[]> {

    /** Samples per second. */
    int sampleRate();

    /** The seed that was used; the same request with this seed gives the same audio. */
    long seed();

    /** What the stream took so far; final once it has completed, failed or been cancelled. */
    SpeechReport report();
}
