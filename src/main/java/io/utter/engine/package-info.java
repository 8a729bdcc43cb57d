/**
 * Phones and a voice in, samples out: the decode loop, the sampler, the acoustic stage and the joins between chunks.
 *
 * <p>Knows neither HTTP nor ONNX: networks are reached through {@code model}, and whoever wants to listen subscribes to a
 * {@link io.utter.engine.SpeechStream}. A change here must keep two promises: the same request with the same seed gives the same
 * audio, and no join between chunks repeats or drops a sample.
 */
package io.utter.engine;
