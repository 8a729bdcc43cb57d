package io.utter.speech;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Recordings of a voice, as their files' bytes.
 *
 * @param recording gives the way of speaking and the sound of the voice, 3 to 10 seconds
 * @param auxiliaries give the sound only
 * @param transcript what is said in the first; without it the voice speaks without a prompt
 * @param language of the transcript; absent: English
 */
public record Reference(byte[] recording, List<byte[]> auxiliaries, Optional<String> transcript, Optional<String> language) {

    /** A checksum of all of it, in hexadecimal. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(recording);
            auxiliaries.forEach(file -> {
                digest.update(new byte[] {0});
                digest.update(file);
            });
            digest.update((transcript.orElse("") + "\0" + language.orElse("")).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference that && Arrays.equals(recording, that.recording) && hash().equals(that.hash());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(recording);
    }
}
