package io.utter.api;

import io.utter.lifecycle.ServerLifecycle;
import io.utter.speech.SpeechService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.util.List;

/** {@code GET /v1/audio/voices}: what {@code voice} may be. */
@Path("/v1/audio/voices")
@Produces(MediaType.APPLICATION_JSON)
public class VoicesResource {
    private final ServerLifecycle lifecycle;

    VoicesResource(ServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** A list of {@link Voice}; the first of each model is that model's default. */
    public record Voices(String object, List<Voice> data) {}

    /** A voice and the model it belongs to. */
    public record Voice(String id, String object, String model, String name, String language) {
        static Voice of(SpeechService.Voice voice) {
            return new Voice(voice.id(), "voice", voice.model(), voice.name(), voice.language());
        }
    }

    @GET
    public Voices list() {
        return new Voices("list", lifecycle.service().voices().stream().map(Voice::of).toList());
    }
}
