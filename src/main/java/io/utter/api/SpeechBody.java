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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The body of {@code POST /v1/audio/speech}: OpenAI's fields, and ours. Types are checked here, ranges by
 * {@link io.utter.config.RequestRules}.
 */
final class SpeechBody {
    static final String KNOWN = "model, input, voice, response_format, speed, language, seed, top_k, top_p, temperature,"
            + " repetition_penalty, sample_rate, stream_format, stream, instructions, reference";
    private static final Set<String> NUMBERS = Set.of("speed", "sample_rate", "seed", "top_k", "top_p", "temperature", "repetition_penalty");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,19})?");
    private static final Set<String> OF_FORMS = Set.of("transcript", "reference_language");
    /** Of a form, all that there may be, files too. */
    static final List<String> FORM_FIELDS = Stream.concat(Stream.of(KNOWN.split(", ")),
            Stream.of("auxiliary_reference", "transcript", "reference_language")).toList();
    private static final Set<String> OPTIONAL = Set.of("voice", "response_format", "speed", "language", "seed", "top_k", "top_p", "temperature",
            "repetition_penalty", "sample_rate", "stream_format", "stream", "instructions", "reference");
    private static final int LONGEST_INSTRUCTIONS = 4096;
    private static final String DEFAULT = "default";
    private static final Pattern OPENAI_MODEL = Pattern.compile("(tts-1(-hd)?|gpt-[a-z0-9.-]{1,40}-tts)(-\\d{4}(-\\d{2}-\\d{2})?)?");

    private String model = DEFAULT;
    private String voice = DEFAULT;
    private String input;
    private AudioFormat format = AudioFormat.MP3;
    private OptionalInt sampleRate = OptionalInt.empty();
    private Framing framing = Framing.AUDIO;
    private SpeechDelivery delivery;
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
        body.delivery = new SpeechDelivery(body.format, body.sampleRate, body.framing);
        return body;
    }

    /**
     * The same as a form: fields of text are those of the JSON body, {@code reference} and {@code auxiliary_reference} are files, and
     * {@code transcript} and {@code reference_language} say what is in the first.
     *
     * @throws InvalidInput also if there is something about a recording, and no recording: it would be spoken in another voice than was meant
     */
    static SpeechBody read(MultipartForm form) {
        Map<String, String> texts = new LinkedHashMap<>(form.onlyWith(FORM_FIELDS).texts());
        texts.keySet().removeAll(OF_FORMS);
        SpeechBody body = read(texts);
        boolean ofRecording = !form.files("reference").isEmpty() || !form.files("auxiliary_reference").isEmpty()
                || OF_FORMS.stream().anyMatch(field -> form.text(field).isPresent());
        if (ofRecording) {
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

    SpeechDelivery delivery() {
        return delivery;
    }

    private void field(String name, JsonFields json) throws IOException {
        if (json.isNull() && OPTIONAL.contains(name)) {
            return; // what clients write for a field that they have but do not use
        }
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
            case "sample_rate" -> sampleRate = OptionalInt.of(json.integer(name));
            case "stream_format" -> framing = framing(json.string(name));
            case "stream" -> json.bool(name); // it always is
            case "reference" -> reference = Optional.of(ReferenceBody.read(name, json));
            case "instructions" -> instructions(json.string(name));
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

    private static Framing framing(String streamFormat) {
        return switch (streamFormat) {
            case "audio" -> Framing.AUDIO;
            case "sse" -> Framing.SSE;
            default -> throw new InvalidInput("stream_format", "unsupported_format", "This stream_format is not supported; supported: audio, sse.");
        };
    }

    /** These voices take their manner from their reference; what clients say here is taken, since they say it to every server, and has no effect. */
    private static void instructions(String text) {
        if (text.codePointCount(0, text.length()) > LONGEST_INSTRUCTIONS) {
            throw new InvalidInput("instructions", "out_of_range", "instructions are longer than " + LONGEST_INSTRUCTIONS + " characters.");
        }
    }
}
