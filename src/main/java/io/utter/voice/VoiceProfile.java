package io.utter.voice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code voice.json}: a voice of a bundle, with what its networks computed from the reference recording.
 *
 * @param id what requests call it
 * @param name for people
 * @param language code of the language it speaks by default
 * @param reference file name of the recording beside this file
 * @param transcript what is said in the recording; absent where there are no tokens
 * @param tokens semantic tokens of the recording; absent where they are not known: the voice then speaks without a prompt
 * @param style style vector of the recording, [styleWidth]
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record VoiceProfile(String id, String name, String language, String reference, Optional<String> transcript, Optional<int[]> tokens,
        float[] style) {
    /** What an id looks like; also safe as a file name. */
    public static final String ID_PATTERN = "[a-z0-9][a-z0-9_-]{0,63}";

    /** Whether the recording serves as a prompt, which needs both its words and its tokens. */
    public boolean hasPrompt() {
        return transcript.isPresent() && tokens.isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoiceProfile that && id.equals(that.id) && name.equals(that.name) && language.equals(that.language)
                && reference.equals(that.reference) && transcript.equals(that.transcript)
                && Arrays.equals(tokens.orElse(null), that.tokens.orElse(null)) && Arrays.equals(style, that.style);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
