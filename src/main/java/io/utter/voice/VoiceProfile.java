package io.utter.voice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code voice.json}: a voice of a bundle, with what its networks computed from the reference recording.
 *
 * @param id what requests call it
 * @param name for people
 * @param language code of the language it speaks by default
 * @param reference file name of the recording beside this file
 * @param auxiliaries file names of further recordings, which only its style is made of
 * @param transcript what is said in the recording; absent where nobody has said
 * @param tokens semantic tokens of the recording; absent where they are not known: the voice then speaks without a prompt
 * @param style style vector of the recordings, [styleWidth]
 * @param encoder what computed tokens and style ({@link VoiceEncoder#key}): with another they have to be computed anew; empty if that cannot be
 * @param created seconds since 1970; 0 if it is as old as its bundle
 * @param consent id of the {@link Consent} that it rests on; absent where nobody has asked for one
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record VoiceProfile(String id, String name, String language, String reference, List<String> auxiliaries, Optional<String> transcript,
        Optional<int[]> tokens, float[] style, String encoder, long created, Optional<String> consent) {
    /** What an id looks like; also safe as a file name. */
    public static final String ID_PATTERN = "[a-z0-9][a-z0-9_-]{0,63}";

    /** Files of earlier versions lack some. */
    public VoiceProfile {
        auxiliaries = auxiliaries == null ? List.of() : List.copyOf(auxiliaries);
        encoder = encoder == null ? "" : encoder;
        consent = consent == null ? Optional.empty() : consent;
    }

    /** One whose recording is called {@code reference.wav}, and that is as old as its bundle. */
    public static VoiceProfile of(String id, String name, String language, Optional<String> transcript, Optional<int[]> tokens, float[] style,
            String encoder) {
        return new VoiceProfile(id, name, language, "reference.wav", List.of(), transcript, tokens, style, encoder, 0, Optional.empty());
    }

    /** The same as another encoder has it. */
    public VoiceProfile with(VoiceEncoder.Encoded encoded, String key) {
        return new VoiceProfile(id, name, language, reference, auxiliaries, transcript, encoded.tokens(), encoded.style(), key, created, consent);
    }

    /** Whether the recording serves as a prompt, which needs both its words and its tokens. */
    public boolean hasPrompt() {
        return transcript.isPresent() && tokens.isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VoiceProfile that && id.equals(that.id) && name.equals(that.name) && language.equals(that.language)
                && reference.equals(that.reference) && auxiliaries.equals(that.auxiliaries) && transcript.equals(that.transcript)
                && Arrays.equals(tokens.orElse(null), that.tokens.orElse(null)) && Arrays.equals(style, that.style)
                && encoder.equals(that.encoder) && created == that.created && consent.equals(that.consent);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
