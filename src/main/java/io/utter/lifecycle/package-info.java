/**
 * From exec to ready to gone: models load and warm up beside the HTTP server's own start, a failed load ends the process with one line,
 * and SIGTERM refuses what is new while what runs may finish.
 *
 * <p>{@link io.utter.lifecycle.ServerLifecycle} is asked by {@code api} for the {@link io.utter.speech.SpeechService} and by
 * {@code health} for the {@link io.utter.lifecycle.Phase}.
 */
package io.utter.lifecycle;
