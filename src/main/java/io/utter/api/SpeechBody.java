package io.utter.api;

import io.utter.audio.encoder.AudioFormat;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.Reference;
import io.utter.speech.SpeechRequest;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /v1/audio/speech}: OpenAI's fields, and ours. Types are checked here, ranges by
 * {@link io.utter.config.RequestRules}.
 */
final class SpeechBody {
    private static final String KNOWN = "model, input, voice, response_format, speed, language, seed, top_k, top_p, temperature,"
            + " repetition_penalty, stream_format, instructions, reference";
    private static final Set<String> NUMBERS = Set.of("speed", "seed", "top_k", "top_p", "temperature", "repetition_penalty");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,19})?");
    private static final Set<String> OF_FORMS = Set.of("transcript", "reference_language");
    private static final String DEFAULT = "default";
    private static final Pattern OPENAI_MODEL = Pattern.compile("(tts-1|tts-1-hd|gpt-4o-mini-tts)(-\\d{4}(-\\d{2}-\\d{2})?)?");

    private String model = DEFAULT;
    private String voice = DEFAULT;
    private String input;
    private AudioFormat format = AudioFormat.WAV;
    private double speed = 1;
    private Optional<String> language = Optional.empty();
    private OptionalLong seed = OptionalLong.empty();
    private OptionalInt topK = OptionalInt.empty();
    private OptionalDouble topP = OptionalDouble.empty();
    private OptionalDouble temperature = OptionalDouble.empty();
    private OptionalDouble repetitionPenalty = OptionalDouble.empty();
    private Optional<Reference> reference = Optional.empty();

    private SpeechBody() {}

    /** @throws InvalidInput if it is not JSON, or a field is unknown, missing, of the wrong type, or asks for what is not offered */
    static SpeechBody read(byte[] json) {
        SpeechBody body = new SpeechBody();
        JsonFields.read(json, body::field);
        if (body.input == null) {
            throw new InvalidInput("input", "missing_field", "input is missing: it is the text to be spoken.");
        }
        return body;
    }

    /**
     * The same as a form: fields of text are those of the JSON body, {@code reference} and {@code auxiliary_reference} are files, and
     * {@code transcript} and {@code reference_language} say what is in the first.
     */
    static SpeechBody read(MultipartForm form) {
        Map<String, String> texts = new LinkedHashMap<>(form.texts());
        texts.keySet().removeAll(OF_FORMS);
        SpeechBody body = read(texts);
        if (!form.files("reference").isEmpty()) {
            body.reference = Optional.of(new Reference(form.file("reference"), form.files("auxiliary_reference"), form.text("transcript"),
                    form.text("reference_language")));
        }
        return body;
    }

    /** The same with every field as text. */
    static SpeechBody read(Map<String, String> fields) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        fields.forEach((name, text) -> {
            if (NUMBERS.contains(name) && NUMBER.matcher(text).matches()) {
                json.put(name, new BigDecimal(text));
            } else {
                json.put(name, text);
            }
        });
        return read(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a request or path that says this means the default bundle. */
    static boolean meansDefault(String model) {
        return model.equals(DEFAULT) || OPENAI_MODEL.matcher(model).matches();
    }

    SpeechRequest request() {
        return new SpeechRequest(model, voice, input, language, speed, seed, topK, topP, temperature, repetitionPenalty, reference);
    }

    AudioFormat format() {
        return format;
    }

    private void field(String name, JsonFields json) throws IOException {
        switch (name) {
            case "model" -> model = modelId(json.string(name));
            case "input" -> input = json.string(name);
            case "voice" -> voice = json.stringOrObjectOf("id", name);
            case "response_format" -> format = format(json.string(name));
            case "speed" -> speed = json.number(name);
            case "language" -> language = Optional.of(json.string(name));
            case "seed" -> seed = OptionalLong.of(json.longInteger(name));
            case "top_k" -> topK = OptionalInt.of(json.integer(name));
            case "top_p" -> topP = OptionalDouble.of(json.number(name));
            case "temperature" -> temperature = OptionalDouble.of(json.number(name));
            case "repetition_penalty" -> repetitionPenalty = OptionalDouble.of(json.number(name));
            case "stream_format" -> onlyAudio(json.string(name));
            case "reference" -> reference = Optional.of(ReferenceBody.read(name, json));
            case "instructions" -> onlyEmpty(json.string(name));
            default -> throw json.unknown(name, KNOWN);
        }
    }

    private static String modelId(String name) {
        return meansDefault(name) ? DEFAULT : name;
    }

    private static AudioFormat format(String id) {
        return AudioFormat.named(id).orElseThrow(() -> new InvalidInput("response_format", "unsupported_format",
                "This response_format is not supported; supported: " + AudioFormat.ids() + "."));
    }

    private static void onlyAudio(String streamFormat) {
        if (!streamFormat.equals("audio")) {
            throw new InvalidInput("stream_format", "unsupported_format", "This stream_format is not supported; supported: audio.");
        }
    }

    // To ignore them would give another speech than was asked for, without a word.
    private static void onlyEmpty(String instructions) {
        if (!instructions.isBlank()) {
            throw new InvalidInput("instructions", "unsupported_field",
                    "instructions are not supported: these voices take their manner from their reference.");
        }
    }
}
