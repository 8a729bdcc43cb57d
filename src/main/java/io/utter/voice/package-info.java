/**
 * What is known of a voice: {@link io.utter.voice.VoiceProfile}, kept in a folder of its bundle and found by id.
 *
 * <p>Requests name voices by id and never a file. A change here may add features of a reference recording; how they are computed is
 * the networks' and {@code audio}'s business.
 */
package io.utter.voice;
