package io.utter.config;

import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.SpeechRequest;

/** What every request must keep to, whether it came over HTTP or from the command line. */
public final class RequestRules {
    public static final double MIN_SPEED = 0.25;
    public static final double MAX_SPEED = 4;
    public static final int MAX_TOP_K = 1025;
    public static final double MAX_TEMPERATURE = 2;
    public static final double MAX_REPETITION_PENALTY = 2;

    private final UtterConfig.Limits limits;

    public RequestRules(UtterConfig.Limits limits) {
        this.limits = limits;
    }

    /** @throws InvalidInput naming the first field that is out of its range */
    public SpeechRequest check(SpeechRequest request) {
        checkText(request.input(), request.characters());
        range("speed", request.speed(), request.speed() >= MIN_SPEED && request.speed() <= MAX_SPEED, "from 0.25 to 4");
        request.topK().ifPresent(k -> range("top_k", k, k >= 1 && k <= MAX_TOP_K, "from 1 to 1025"));
        request.topP().ifPresent(p -> range("top_p", p, p > 0 && p <= 1, "above 0 and at most 1"));
        request.temperature().ifPresent(t -> range("temperature", t, t >= 0 && t <= MAX_TEMPERATURE, "from 0 to 2"));
        request.repetitionPenalty()
                .ifPresent(p -> range("repetition_penalty", p, p >= 1 && p <= MAX_REPETITION_PENALTY, "from 1 to 2"));
        return request;
    }

    private void checkText(String input, int length) {
        if (input.isBlank()) {
            throw new InvalidInput("input", "empty_input", "input is empty: there is nothing to say.");
        }
        if (length > limits.inputCharacters()) {
            throw new InvalidInput("input", "input_too_long",
                    "input has %d characters; at most %d are allowed.".formatted(length, limits.inputCharacters()));
        }
        if (input.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new InvalidInput("input", "invalid_text", "input holds half of a surrogate pair: it is not valid Unicode text.");
        }
    }

    // Written so that NaN fails.
    private static void range(String field, Number value, boolean within, String allowed) {
        if (!within) {
            throw new InvalidInput(field, "out_of_range", "%s is %s; it must be %s.".formatted(field, value, allowed));
        }
    }
}
