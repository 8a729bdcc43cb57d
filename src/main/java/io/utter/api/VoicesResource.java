package io.utter.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.error.UtterException;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.speech.Reference;
import io.utter.speech.SpeechService;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** {@code /v1/audio/voices}: what {@code voice} may be, and, where that is allowed, adding to it and deleting from it. */
@Path("/v1/audio/voices")
@Produces(MediaType.APPLICATION_JSON)
@Door.Keyed
public class VoicesResource {
    /** Fields of OpenAI's, then ours. */
    static final List<String> FIELDS = List.of("name", "type", "audio_sample", "consent", "auxiliary_sample", "transcript", "ref_text",
            "language", "model");

    private static final String AUDIO_SAMPLE = "audio_sample";

    private final ServerLifecycle lifecycle;
    private final LargeBodies bodies;
    private final Uploads uploads;
    private final Consents consents;

    VoicesResource(ServerLifecycle lifecycle, LargeBodies bodies, Uploads uploads, Consents consents) {
        this.lifecycle = lifecycle;
        this.bodies = bodies;
        this.uploads = uploads;
        this.consents = consents;
    }

    /**
     * A list of {@link Voice}, twice: as OpenAI lists things, and as Open WebUI reads voices. The first of each model is that model's default.
     *
     * @param uploads whether voices can be added and deleted
     * @param consent_required whether a voice is only added with a consent
     */
    public record Voices(String object, List<Voice> data, List<Voice> voices, boolean uploads, boolean consent_required) {}

    /**
     * A voice and the model it belongs to.
     *
     * @param type how it was made; there is one way
     * @param prompted whether it has the way of speaking of its recording too
     * @param added whether it was added, and so can be deleted
     * @param consent the id of the consent that it rests on
     */
    public record Voice(String id, String object, String type, String model, String name, String language, long created_at, boolean prompted,
            boolean added, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> consent) {
        static Voice of(SpeechService.Voice voice) {
            return new Voice(voice.id(), "audio.voice", AUDIO_SAMPLE, voice.model(), voice.name(), voice.language(), voice.created(),
                    voice.prompted(), voice.added(), voice.consent());
        }
    }

    /** What has been deleted. */
    public record Deleted(String id, String object, boolean deleted) {}

    @GET
    public Voices list() {
        List<Voice> voices = lifecycle.service().voices().stream().map(Voice::of).toList();
        return new Voices("list", voices, voices, uploads.allowed(), consents.required());
    }

    @GET
    @Path("{id}")
    public Voice one(String id, @QueryParam("model") String model) {
        return Voice.of(lifecycle.service().voice(model(model), id));
    }

    /** A form: {@code name}, {@code audio_sample} (a file), and what else {@link #FIELDS} names. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Blocking
    @RunOnVirtualThread
    public Response add(InputStream body, RoutingContext http) {
        uploads.check();
        return bodies.with(body, http.request(), bytes -> {
            MultipartForm form = MultipartForm.read(http.request().getHeader(HttpHeaders.CONTENT_TYPE), bytes);
            form.text("type").filter(type -> !type.equals(AUDIO_SAMPLE)).ifPresent(type -> {
                throw new UtterException.InvalidInput("type", "unsupported_voice_type",
                        "Voices are made of recordings: type must be " + AUDIO_SAMPLE + ".");
            });
            form.onlyWith(FIELDS); // only now: other types have other fields
            Optional<String> consent = form.text("consent");
            Voice added = consents.resting(consent, () -> made(form, consent));
            return Response.status(Response.Status.CREATED).header(HttpHeaders.LOCATION, "/v1/audio/voices/" + added.id()).entity(added).build();
        });
    }

    private Voice made(MultipartForm form, Optional<String> consent) {
        String name = form.text("name").orElseThrow(() -> new UtterException.InvalidInput("name", "missing_field", "name is missing."));
        Reference reference = new Reference(form.file("audio_sample"), form.files("auxiliary_sample"),
                form.text("transcript").or(() -> form.text("ref_text")), form.text("language"));
        return Voice.of(lifecycle.service().addVoice(model(form.text("model").orElse(null)), name, reference, consent));
    }

    @DELETE
    @Path("{id}")
    @Blocking
    @RunOnVirtualThread
    public Deleted remove(String id, @QueryParam("model") String model) {
        uploads.check();
        lifecycle.service().removeVoice(model(model), id);
        return new Deleted(id, "audio.voice.deleted", true);
    }

    private static String model(String given) {
        return given == null || SpeechBody.meansDefault(given) ? "default" : given;
    }
}
