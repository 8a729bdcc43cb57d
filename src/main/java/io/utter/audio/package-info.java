/**
 * Samples: read from recordings of many formats, resampled, measured, written as 16-bit PCM and WAV. Encoders of streams are in
 * {@code encoder}.
 *
 * <p>Knows nothing of models or HTTP. A change here concerns how audio is packed, never how it sounds.
 */
package io.utter.audio;
