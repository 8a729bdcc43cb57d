package io.utter.speech;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a caller wants spoken. Whatever is absent is the voice's default.
 *
 * @param model id of a bundle, or {@code default}
 * @param voice id of a voice of that bundle, or {@code default}
 * @param input the text
 * @param language code of the text's language ({@code en}, ...)
 * @param speed 0.25 to 4; above 1 is faster
 * @param seed the same seed gives the same audio; absent: a random one
 * @param topK at least 1; 1 always takes the likeliest token
 * @param topP in (0, 1]
 * @param temperature in [0, 2]
 * @param repetitionPenalty in [1, 2]; 1 is none
 * @param reference recordings of a voice that is not registered; takes the place of {@code voice}
 * @param phrasing how the text is taken apart
 */
public record SpeechRequest(
        String model,
        String voice,
        String input,
        Optional<String> language,
        double speed,
        OptionalLong seed,
        OptionalInt topK,
        OptionalDouble topP,
        OptionalDouble temperature,
        OptionalDouble repetitionPenalty,
        Optional<Reference> reference,
        Phrasing phrasing) {

    /** With the text taken apart as usual. */
    public SpeechRequest(String model, String voice, String input, Optional<String> language, double speed, OptionalLong seed, OptionalInt topK,
            OptionalDouble topP, OptionalDouble temperature, OptionalDouble repetitionPenalty, Optional<Reference> reference) {
        this(model, voice, input, language, speed, seed, topK, topP, temperature, repetitionPenalty, reference, Phrasing.USUAL);
    }

    /** Length of the text, in Unicode code points. */
    public int characters() {
        return input.codePointCount(0, input.length());
    }

    /** The text with everything else left to the defaults. */
    public static SpeechRequest of(String input) {
        return new SpeechRequest("default", "default", input, Optional.empty(), 1, OptionalLong.empty(), OptionalInt.empty(),
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    }
}
