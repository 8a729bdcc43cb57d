package io.utter.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is asked of a server: the same ask, the same audio. */
record SpeechAsk(String model, String voice, String text, long seed) {
    static final String PATH = "/v1/audio/speech";

    /** The request's body; raw PCM, so that its first byte is audio. */
    byte[] json() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("model", model);
        fields.put("voice", voice);
        fields.put("input", text);
        fields.put("seed", seed);
        fields.put("response_format", "pcm");
        try {
            return new ObjectMapper().writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // strings and a number
        }
    }
}
