/**
 * What the server does, put together: a text, a voice and options in, a {@link io.utter.engine.SpeechStream} out.
 *
 * <p>{@code api}, {@code cli}, {@code bench} and the warm-up all speak through {@link io.utter.speech.SpeechService}, so that they
 * cannot differ. A change here concerns how stages are combined, never what a stage does.
 */
package io.utter.speech;
