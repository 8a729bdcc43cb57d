package io.utter.api;

import io.utter.audio.encoder.AudioFormat;
import io.utter.error.UtterException.NotFound;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.speech.SpeechService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import java.util.List;

/** {@code GET /v1/models}: the bundles, as OpenAI lists its models; {@code GET /v1/audio/models}: as Open WebUI asks for them. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Door.Keyed
public class ModelsResource {
    private final ServerLifecycle lifecycle;

    ModelsResource(ServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** A list of {@link Model}; the first is the default. */
    public record Models(String object, List<Model> data) {}

    /** OpenAI's fields, then ours: {@code response_formats} are those that this server can give. */
    public record Model(String id, String object, long created, String owned_by, String generation, int sample_rate, List<String> response_formats) {
        static Model of(SpeechService.Model model) {
            return new Model(model.id(), "model", model.created(), "utter", model.generation(), model.sampleRate(),
                    AudioFormat.available().stream().map(AudioFormat::id).toList());
        }
    }

    /** The same list by another name. */
    public record AudioModels(List<Model> models) {}

    @GET
    @Path("models")
    public Models list() {
        return new Models("list", models());
    }

    @GET
    @Path("audio/models")
    public AudioModels audioModels() {
        return new AudioModels(models());
    }

    private List<Model> models() {
        return lifecycle.service().models().stream().map(Model::of).toList();
    }

    @GET
    @Path("models/{id}")
    public Model one(String id) {
        List<SpeechService.Model> models = lifecycle.service().models();
        if (SpeechBody.meansDefault(id)) {
            return Model.of(models.getFirst());
        }
        return models.stream().filter(model -> model.id().equals(id)).findFirst().map(Model::of)
                .orElseThrow(() -> new NotFound("model", "model_not_found", "There is no such model; GET /v1/models lists them."));
    }
}
