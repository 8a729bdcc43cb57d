package io.utter.cli;

import io.utter.speech.SpeechRequest;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How to say something; the same as the fields of the HTTP API. Mixed into every command that speaks. */
final class SpeechOptions {
    @Option(names = {"-m", "--model"}, paramLabel = "ID", defaultValue = "default", description = "Bundle to speak with (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(names = {"-v", "--voice"}, paramLabel = "ID", defaultValue = "default", description = "Voice to speak with; 'utter voices' lists them.")
    private String voice;

    @Option(names = {"-l", "--language"}, paramLabel = "CODE", description = "Language of the text (default: the voice's).")
    private String language;

    @Option(names = "--speed", paramLabel = "X", defaultValue = "1", description = "0.25 to 4; above 1 is faster (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(names = "--seed", paramLabel = "N", description = "The same seed gives the same audio (default: a random one).")
    private Long seed;

    @Option(names = "--top-k", paramLabel = "N", description = "Draw from the N likeliest tokens, 1 to 1025.")
    private Integer topK;

    @Option(names = "--top-p", paramLabel = "P", description = "Draw from the tokens that make up P of the probability, (0, 1].")
    private Double topP;

    @Option(names = "--temperature", paramLabel = "T", description = "0 to 2; lower is more even.")
    private Double temperature;

    @Option(names = "--repetition-penalty", paramLabel = "R", description = "1 to 2; 1 is none.")
    private Double repetitionPenalty;

    SpeechRequest request(String input) {
        return new SpeechRequest(model, voice, input, Optional.ofNullable(language), speed,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                topK == null ? OptionalInt.empty() : OptionalInt.of(topK),
                optional(topP), optional(temperature), optional(repetitionPenalty), Optional.empty());
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
