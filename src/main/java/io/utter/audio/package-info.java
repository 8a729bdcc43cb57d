/**
 * Samples as bytes: 16-bit PCM and the WAV container, streamed or written to a file.
 *
 * <p>Knows nothing of models or HTTP. A change here concerns how audio is packed, never how it sounds.
 */
package io.utter.audio;
