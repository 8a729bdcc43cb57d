package io.utter.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.utter.error.UtterException.InvalidInput;
import io.utter.speech.Phrasing;
import io.utter.speech.Reference;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import io.utter.text.CutMethod;
import io.utter.text.LanguageMode;
import io.vertx.core.MultiMap;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a client of {@code api_v2.py} asks {@code /tts} for: its fields, their defaults, and the order in which they are checked
 * (spec/gpt-sovits.md 8.1). As there, text that is a number or truth value is one, and fields that nobody knows are nobody's business.
 *
 * @param delivery how it is to be given
 */
record TtsBody(SpeechRequest request, TtsDelivery delivery) {
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(64).build()).build());
    private static final Set<String> ONLY_V2 = Set.of("yue", "ko", "all_yue", "all_ko", "auto_yue");
    private static final double SHORTEST_PAUSE = 0.01;
    private static final double LONGEST_PAUSE = 10;
    private static final String SPLIT = "cut5";
    /** Of fields that say how upstream is to share its work between sentences, or how its other generations are to work: what they must be. */
    private static final List<String> WHOLE_NUMBERS = List.of("batch_size", "sample_steps", "overlap_length", "min_chunk_length");
    private static final Set<String> TRUTH_VALUES = Set.of("true", "false", "0", "1", "yes", "no", "on", "off", "");
    private static final List<String> TEXTS = List.of("text", "text_lang", "ref_audio_path", "prompt_lang", "prompt_text", "text_split_method",
            "media_type");
    private static final List<String> TRUTHS = List.of("split_bucket", "parallel_infer", "super_sampling");

    /** @throws InvalidInput in upstream's words */
    static TtsBody read(byte[] json, ApiV2 api) {
        JsonNode body;
        try {
            body = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
        } catch (JsonProcessingException e) {
            throw new InvalidInput("body", ApiV2Problem.SCHEMA, "JSON decode error");
        } catch (IOException e) {
            throw new InvalidInput("body", ApiV2Problem.SCHEMA, "the body is not valid UTF-8");
        }
        if (!(body instanceof ObjectNode fields)) {
            throw new InvalidInput("body", ApiV2Problem.SCHEMA, "Input should be a valid dictionary");
        }
        return new Fields(fields).body(api);
    }

    /** The same from a query. */
    static TtsBody read(MultiMap query, ApiV2 api) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String name : query.names()) {
            List<String> values = query.getAll(name);
            if (name.equals("aux_ref_audio_paths")) {
                values.forEach(fields.withArray(name)::add);
            } else {
                fields.put(name, values.getLast());
            }
        }
        return new Fields(fields).body(api);
    }

    private record Fields(ObjectNode fields) {

        TtsBody body(ApiV2 api) {
            OptionalInt topK = whole("top_k").map(k -> OptionalInt.of((int) Math.clamp(k, Integer.MIN_VALUE, Integer.MAX_VALUE)))
                    .orElse(OptionalInt.empty());
            OptionalDouble topP = number("top_p");
            OptionalDouble temperature = number("temperature");
            OptionalDouble repetitionPenalty = number("repetition_penalty");
            double speed = number("speed_factor").orElse(1);
            OptionalDouble pause = number("fragment_interval");
            Optional<Long> seed = whole("seed").filter(given -> given >= 0);
            number("batch_threshold");
            WHOLE_NUMBERS.forEach(this::whole);
            TRUTHS.forEach(this::truth);
            TEXTS.forEach(this::text);
            List<String> auxiliaries = auxiliaries();
            boolean streaming = streaming();

            SpeechService.Model model = api.model();
            String recording = text("ref_audio_path").or(api::recording).orElseThrow(() -> required("ref_audio_path"));
            String text = text("text").orElseThrow(() -> required("text"));
            String language = language("text_lang", model);
            String promptLanguage = language("prompt_lang", model);
            ApiV2.MediaType type = mediaType();
            CutMethod cut = cut();
            Optional<String> voice = api.voice(recording);
            Optional<Reference> reference = voice.isPresent() ? Optional.empty()
                    : Optional.of(api.reference(recording, auxiliaries, text("prompt_text"), promptLanguage));
            Phrasing phrasing = new Phrasing(Optional.of(cut), pause.isPresent() ? OptionalDouble.of(pause(pause.getAsDouble())) : pause, true);
            SpeechRequest request = new SpeechRequest(model.id(), voice.orElse("default"), text, Optional.of(language), speed,
                    seed.map(OptionalLong::of).orElse(OptionalLong.empty()), topK, topP, temperature, repetitionPenalty, reference, phrasing);
            return new TtsBody(request, new TtsDelivery(type, !streaming));
        }

        private static double pause(double asked) {
            if (asked > LONGEST_PAUSE) {
                throw new InvalidInput("fragment_interval", "out_of_range", "fragment_interval is " + asked + "; at most 10 s can be given");
            }
            return Math.max(asked, SHORTEST_PAUSE); // as upstream does
        }

        private String language(String field, SpeechService.Model model) {
            String code = text(field).orElseThrow(() -> required(field));
            String lower = code.strip().toLowerCase(Locale.ROOT);
            boolean known = Arrays.stream(LanguageMode.values()).anyMatch(mode -> mode.code().equals(lower))
                    && !(model.generation().equals("v1") && ONLY_V2.contains(lower));
            if (!known) {
                throw parameter(field, field + ": " + code + " is not supported in version " + model.generation());
            }
            return lower;
        }

        private ApiV2.MediaType mediaType() {
            String name = text("media_type").orElse("wav");
            ApiV2.MediaType type = Arrays.stream(ApiV2.MediaType.values())
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                    .orElseThrow(() -> parameter("media_type", "media_type: " + name + " is not supported"));
            type.format().whyNot().ifPresent(reason -> {
                throw parameter("media_type", "media_type: " + name + " is not supported: " + reason);
            });
            return type;
        }

        private CutMethod cut() {
            String name = text("text_split_method").orElse(SPLIT);
            try {
                return CutMethod.parse(name);
            } catch (InvalidInput e) {
                throw parameter("text_split_method", "text_split_method:" + name + " is not supported");
            }
        }

        /** Modes 1 to 3 differ in how upstream comes by its chunks, which here are always those that can be heard first. */
        private boolean streaming() {
            JsonNode mode = fields.get("streaming_mode");
            return switch (mode == null ? "false" : mode.asText().strip().toLowerCase(Locale.ROOT)) {
                case "0", "false" -> false;
                case "1", "2", "3", "true" -> true;
                default -> throw parameter("streaming_mode", "the value of streaming_mode must be 0, 1, 2, 3(int) or true/false(bool)");
            };
        }

        private List<String> auxiliaries() {
            JsonNode paths = fields.get("aux_ref_audio_paths");
            List<String> found = new ArrayList<>();
            if (paths != null && !paths.isNull()) {
                if (!paths.isArray()) {
                    throw schema("aux_ref_audio_paths", "Input should be a valid list");
                }
                for (JsonNode path : paths) {
                    if (!path.isTextual()) {
                        throw schema("aux_ref_audio_paths", "Input should be a valid string");
                    }
                    found.add(path.asText());
                }
            }
            return found;
        }

        /** What is empty is not there. */
        private Optional<String> text(String field) {
            JsonNode value = fields.get(field);
            if (value == null || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isTextual()) {
                throw schema(field, "Input should be a valid string");
            }
            return Optional.of(value.asText()).filter(text -> !text.isEmpty());
        }

        private Optional<Long> whole(String field) {
            Optional<BigDecimal> value = decimal(field, "Input should be a valid integer, unable to parse string as an integer");
            try {
                return value.map(number -> number.scale() <= 0 && number.precision() - number.scale() > Long.SIZE ? Long.MAX_VALUE
                        : number.longValueExact());
            } catch (ArithmeticException e) {
                throw schema(field, "Input should be a valid integer, got a number with a fractional part");
            }
        }

        private OptionalDouble number(String field) {
            return decimal(field, "Input should be a valid number, unable to parse string as a number")
                    .map(value -> OptionalDouble.of(value.doubleValue())).orElse(OptionalDouble.empty());
        }

        private Optional<BigDecimal> decimal(String field, String complaint) {
            JsonNode value = fields.get(field);
            if (value == null || value.isNull() || value.isTextual() && value.asText().isEmpty()) {
                return Optional.empty();
            }
            if (value.isNumber() || value.isTextual() && value.asText().length() <= Long.SIZE) {
                try {
                    return Optional.of(new BigDecimal(value.asText().strip()));
                } catch (NumberFormatException e) {
                    // said below
                }
            }
            throw schema(field, complaint);
        }

        private void truth(String field) {
            JsonNode value = fields.get(field);
            boolean absent = value == null || value.isNull();
            if (!absent && !(value.isValueNode() && TRUTH_VALUES.contains(value.asText().strip().toLowerCase(Locale.ROOT)))) {
                throw schema(field, "Input should be a valid boolean, unable to interpret input");
            }
        }

        private static InvalidInput required(String field) {
            return parameter(field, field + " is required");
        }

        private static InvalidInput parameter(String field, String message) {
            return new InvalidInput(field, ApiV2Problem.PARAMETER, message);
        }

        private static InvalidInput schema(String field, String message) {
            return new InvalidInput(field, ApiV2Problem.SCHEMA, message);
        }
    }
}
