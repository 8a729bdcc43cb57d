package io.utter.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.utter.audio.encoder.AudioFormat;
import io.utter.engine.SpeechReport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the body of a response is: OpenAI's {@code stream_format}. */
enum Framing {
    /** The bytes of a file. What fails amid them can only break the connection. */
    AUDIO {
        @Override
        String mediaType(AudioFormat format) {
            return format.mediaType();
        }

        @Override
        byte[] part(byte[] audio) {
            return audio;
        }

        @Override
        byte[] end(byte[] rest, SpeechReport report) {
            return rest;
        }

        @Override
        Optional<byte[]> failure(Throwable failure) {
            return Optional.empty();
        }
    },

    /** Server-sent events that hold the same bytes in base64; then one with what was used, or with the error. */
    SSE {
        @Override
        String mediaType(AudioFormat format) {
            return "text/event-stream";
        }

        @Override
        byte[] part(byte[] audio) {
            return audio.length == 0 ? audio : event(delta(audio));
        }

        @Override
        byte[] end(byte[] rest, SpeechReport report) {
            String done = "{\"type\":\"speech.audio.done\",\"usage\":{\"input_tokens\":%d,\"output_tokens\":%d,\"total_tokens\":%d}}"
                    .formatted(report.phones(), report.tokens(), report.phones() + report.tokens());
            return rest.length == 0 ? event(done) : event(delta(rest), done);
        }

        @Override
        Optional<byte[]> failure(Throwable failure) {
            try {
                return Optional.of(event(JSON.writeValueAsString(Problem.of(failure))));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e); // a record of strings
            }
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    /** Of a response with audio in this format. */
    abstract String mediaType(AudioFormat format);

    /** The next bytes of the audio; gives none for none. */
    abstract byte[] part(byte[] audio);

    /** The last bytes of the audio, perhaps none, and that it is whole. */
    abstract byte[] end(byte[] rest, SpeechReport report);

    /** What tells that it is not whole; empty if nothing can. */
    abstract Optional<byte[]> failure(Throwable failure);

    private static String delta(byte[] audio) {
        return "{\"type\":\"speech.audio.delta\",\"audio\":\"" + Base64.getEncoder().encodeToString(audio) + "\"}";
    }

    private static byte[] event(String... data) {
        return Arrays.stream(data).map(json -> "data: " + json + "\n\n").collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    }
}
