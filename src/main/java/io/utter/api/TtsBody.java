package io.utter.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
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
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a client of {@code api_v2.py} asks {@code /tts} for: its fields, their types and defaults, and the order in which they are checked
 * (spec/gpt-sovits.md 8.1). As there, fields that nobody knows are nobody's business.
 *
 * @param delivery how it is to be given
 */
record TtsBody(SpeechRequest request, TtsDelivery delivery) {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(64).build()).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final Set<String> LANGUAGES = Set.of("text_lang", "prompt_lang");
    private static final Set<String> ONLY_V2 = Set.of("yue", "ko", "all_yue", "all_ko", "auto_yue");
    private static final double SHORTEST_PAUSE = 0.01;
    private static final double LONGEST_PAUSE = 10;
    private static final BigInteger MOST_STREAMING = BigInteger.valueOf(3);
    private static final BigInteger LARGEST_SEED = BigInteger.valueOf(Long.MAX_VALUE);

    /** @throws InvalidInput in upstream's words */
    static TtsBody read(byte[] json, ApiV2 api) {
        JsonNode body;
        try {
            body = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString());
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation() == null ? 0 : e.getLocation().getCharOffset(), e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed(0, "the body is not valid UTF-8");
        }
        if (body.isMissingNode() || body.isNull()) {
            throw new TtsMismatch("missing", List.of("body"), "Field required", NullNode.instance, Map.of());
        }
        if (!(body instanceof ObjectNode fields)) {
            throw new TtsMismatch("model_attributes_type", List.of("body"), "Input should be a valid dictionary or object to extract fields from",
                    body, Map.of());
        }
        return Asked.of(new TtsFields("body", fields)).body(api);
    }

    private static TtsMismatch malformed(long where, String why) {
        return new TtsMismatch("json_invalid", List.of("body", where), "JSON decode error", JsonNodeFactory.instance.objectNode(),
                Map.of("error", why));
    }

    /** The same from a query, where upstream takes languages in upper case. */
    static TtsBody read(MultiMap query, ApiV2 api) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (String name : query.names()) {
            List<String> values = query.getAll(name);
            if (name.equals("aux_ref_audio_paths")) {
                values.forEach(fields.withArray(name)::add);
            } else {
                fields.put(name, LANGUAGES.contains(name) ? values.getLast().toLowerCase(Locale.ROOT) : values.getLast());
            }
        }
        return Asked.of(new TtsFields("query", fields)).body(api);
    }

    /** The fields that mean something here, as they are given; nothing is known of them but their types. */
    private record Asked(Optional<String> text, Optional<String> language, Optional<String> recording, List<String> auxiliaries,
            Optional<String> promptLanguage, Optional<String> transcript, Optional<BigInteger> topK, OptionalDouble topP, OptionalDouble temperature,
            Optional<String> cut, OptionalDouble speed, OptionalDouble pause, Optional<BigInteger> seed, Optional<String> mediaType,
            Optional<BigInteger> streaming, OptionalDouble repetitionPenalty) {

        /** In the order of upstream's declarations, also what is about its sharing of work between sentences, or its other generations. */
        static Asked of(TtsFields fields) {
            Optional<String> text = fields.text("text");
            Optional<String> language = fields.text("text_lang");
            Optional<String> recording = fields.text("ref_audio_path");
            List<String> auxiliaries = fields.texts("aux_ref_audio_paths");
            Optional<String> promptLanguage = fields.text("prompt_lang");
            Optional<String> transcript = fields.text("prompt_text");
            Optional<BigInteger> topK = fields.whole("top_k");
            OptionalDouble topP = fields.number("top_p");
            OptionalDouble temperature = fields.number("temperature");
            Optional<String> cut = fields.text("text_split_method");
            fields.whole("batch_size");
            fields.number("batch_threshold");
            fields.truth("split_bucket");
            OptionalDouble speed = fields.number("speed_factor");
            OptionalDouble pause = fields.number("fragment_interval");
            Optional<BigInteger> seed = fields.whole("seed");
            Optional<String> mediaType = fields.text("media_type");
            Optional<BigInteger> streaming = fields.truthOrWhole("streaming_mode");
            fields.truth("parallel_infer");
            OptionalDouble repetitionPenalty = fields.number("repetition_penalty");
            fields.whole("sample_steps");
            fields.truth("super_sampling");
            fields.whole("overlap_length");
            fields.whole("min_chunk_length");
            fields.check();
            return new Asked(text, language, recording, auxiliaries, promptLanguage, transcript, topK, topP, temperature, cut, speed, pause, seed,
                    mediaType, streaming, repetitionPenalty);
        }

        TtsBody body(ApiV2 api) {
            SpeechService.Model model = api.model();
            String path = required("ref_audio_path", recording.filter(given -> !given.isEmpty()).or(api::recording));
            String words = required("text", text);
            String spoken = language("text_lang", language, model);
            String prompted = language("prompt_lang", promptLanguage, model);
            ApiV2.MediaType type = type();
            CutMethod method = method();
            TtsDelivery delivery = new TtsDelivery(type, !isStreaming());

            Optional<String> voice = api.voice(path);
            Optional<Reference> reference = voice.isPresent() ? Optional.empty() : Optional.of(reference(path, prompted, api));
            SpeechRequest request = new SpeechRequest(model.id(), voice.orElse("default"), words, Optional.of(spoken), speed.orElse(1), checkedSeed(),
                    topK.map(k -> OptionalInt.of((int) k.doubleValue())).orElse(OptionalInt.empty()), topP, temperature, repetitionPenalty,
                    reference, new Phrasing(Optional.of(method), checkedPause(), true));
            return new TtsBody(request, delivery);
        }

        private Reference reference(String path, String prompted, ApiV2 api) {
            List<String> more = auxiliaries.stream().filter(auxiliary -> !auxiliary.isEmpty()).toList(); // upstream passes over empty ones, too
            return api.reference(path, more, transcript.filter(said -> !said.isEmpty()), prompted);
        }

        private static String required(String field, Optional<String> value) {
            return value.filter(given -> !given.isEmpty()).orElseThrow(() -> refused(field, field + " is required"));
        }

        private static String language(String field, Optional<String> value, SpeechService.Model model) {
            String code = required(field, value);
            String lower = code.toLowerCase(Locale.ROOT);
            boolean known = Arrays.stream(LanguageMode.values()).anyMatch(mode -> mode.code().equals(lower))
                    && !(model.generation().equals("v1") && ONLY_V2.contains(lower));
            if (!known) {
                throw refused(field, field + ": " + code + " is not supported in version " + model.generation());
            }
            return lower;
        }

        private ApiV2.MediaType type() {
            String name = mediaType.orElse("wav");
            ApiV2.MediaType type = Arrays.stream(ApiV2.MediaType.values())
                    .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                    .orElseThrow(() -> refused("media_type", "media_type: " + name + " is not supported"));
            type.format().whyNot().ifPresent(reason -> {
                throw refused("media_type", "media_type: " + name + " is not supported: " + reason);
            });
            return type;
        }

        private CutMethod method() {
            String name = cut.orElse("cut5");
            return Arrays.stream(CutMethod.values()).filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name)).findFirst()
                    .orElseThrow(() -> refused("text_split_method", "text_split_method:" + name + " is not supported"));
        }

        /** Modes 1 to 3 differ in how upstream comes by its chunks, which here are always those that can be heard first. */
        private boolean isStreaming() {
            BigInteger mode = streaming.orElse(BigInteger.ZERO);
            if (mode.signum() < 0 || mode.compareTo(MOST_STREAMING) > 0) {
                throw refused("streaming_mode", "the value of streaming_mode must be 0, 1, 2, 3(int) or true/false(bool)");
            }
            return mode.signum() > 0;
        }

        private OptionalLong checkedSeed() {
            if (seed.filter(given -> given.compareTo(LARGEST_SEED) > 0).isPresent()) {
                throw new InvalidInput("seed", "out_of_range", "seed is larger than " + LARGEST_SEED);
            }
            return seed.filter(given -> given.signum() >= 0).map(given -> OptionalLong.of(given.longValue())).orElse(OptionalLong.empty());
        }

        private OptionalDouble checkedPause() {
            if (pause.isEmpty()) {
                return pause;
            }
            double asked = pause.getAsDouble();
            if (!(asked <= LONGEST_PAUSE)) { // nor is NaN
                throw new InvalidInput("fragment_interval", "out_of_range", "fragment_interval is " + asked + "; at most 10 s can be given");
            }
            return OptionalDouble.of(Math.max(asked, SHORTEST_PAUSE)); // as upstream does
        }

        private static InvalidInput refused(String field, String message) {
            return new InvalidInput(field, ApiV2Problem.PARAMETER, message);
        }
    }
}
