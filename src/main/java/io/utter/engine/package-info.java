/**
 * Phones and a voice in, samples out: the decode loop, the sampler, the acoustic stage and the joins between chunks.
 *
 * <p>A stream is a {@code Slot}. {@code DecodeLoop}, one thread, owns all of them: it decodes those that have a row of the
 * {@link io.utter.model.TokenDecoder} in one batch, and orders audio from {@code RenderLoop}, whose threads hand it back by message.
 * {@code Turn} lets no more of them compute at a time than the machine has processors for, by urgency: each stream knows until when its
 * next audio is wanted.
 *
 * <p>An engine has a {@code Station} for each device, with networks and loops of its own; {@code Dispatcher} says which one a stream goes to.
 *
 * <p>Knows neither HTTP nor ONNX: networks are reached through {@code model}, and whoever wants to listen subscribes to a
 * {@link io.utter.engine.SpeechStream}. A change here must keep three promises: the same request with the same seed gives the same
 * audio whoever else is spoken for, no join between chunks repeats or drops a sample, and a stream that fails, stalls or is too late
 * does so alone.
 */
package io.utter.engine;
