package io.utter.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.audio.Recording;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException.InvalidInput;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.voice.Consent;
import io.utter.voice.ConsentRegistry;
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

import java.io.InputStream;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /v1/audio/voice_consents}: recordings in which people agree to having a voice made of theirs, as OpenAI keeps them. */
@Path("/v1/audio/voice_consents")
@Produces(MediaType.APPLICATION_JSON)
@Door.Keyed
@Blocking
@RunOnVirtualThread
public class ConsentsResource {
    static final List<String> FIELDS = List.of("name", "language", "recording");
    private static final double LONGEST_SECONDS = 60;
    private static final int LONGEST_NAME = 100;
    private static final int USUAL_LIMIT = 20;
    private static final int MOST_LIMIT = 100;
    /** Longer than any tag that names a language; BCP 47 itself has no bound. */
    private static final int LONGEST_LANGUAGE = 64;

    private final ServerLifecycle lifecycle;
    private final Consents consents;
    private final Uploads uploads;
    private final LargeBodies bodies;
    private final int bodyBytes;
    private final int recordingBytes;

    ConsentsResource(ServerLifecycle lifecycle, Consents consents, Uploads uploads, LargeBodies bodies, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.consents = consents;
        this.uploads = uploads;
        this.bodies = bodies;
        this.bodyBytes = config.limits().bodyBytes();
        this.recordingBytes = config.voices().recordingBytes();
    }

    /** A consent, without its recording. */
    public record Shown(String id, String object, String name, String language, long created_at) {
        static Shown of(Consent consent) {
            return new Shown(consent.id(), "audio.voice_consent", consent.name(), consent.language(), consent.created());
        }
    }

    /** Some of them, the newest first. */
    public record Page(String object, List<Shown> data, String first_id, String last_id, boolean has_more) {}

    /** What has been deleted. */
    public record Deleted(String id, String object, boolean deleted) {}

    @GET
    public Page list(@QueryParam("after") String after, @QueryParam("limit") String limit) {
        int most = limit(limit);
        List<Consent> rest = consents.registry().all();
        if (after != null) {
            int at = rest.stream().map(Consent::id).toList().indexOf(after);
            if (at < 0) {
                throw new InvalidInput("after", "consent_not_found",
                        "There is no consent " + SpeechExchange.loggable(after) + " after which others could come.");
            }
            rest = rest.subList(at + 1, rest.size());
        }
        List<Shown> page = rest.stream().limit(most).map(Shown::of).toList();
        return new Page("list", page, page.isEmpty() ? null : page.getFirst().id(), page.isEmpty() ? null : page.getLast().id(), rest.size() > most);
    }

    private static int limit(String given) {
        if (given == null) {
            return USUAL_LIMIT;
        }
        if (!given.matches("\\d{1,3}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > MOST_LIMIT) {
            throw new InvalidInput("limit", "out_of_range", "limit must be a whole number from 1 to " + MOST_LIMIT + ".");
        }
        return Integer.parseInt(given);
    }

    @GET
    @Path("{id}")
    public Shown one(String id) {
        return Shown.of(consents.registry().find(id).orElseThrow(ConsentRegistry::notFound));
    }

    /** A form: {@code name}, {@code language}, and the file {@code recording}. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    public Shown add(InputStream body, RoutingContext http) {
        uploads.check();
        return bodies.with(body, http.request(), bytes -> {
            MultipartForm form = MultipartForm.read(http.request().getHeader(HttpHeaders.CONTENT_TYPE), bytes).onlyWith(FIELDS);
            String name = name(form.text("name"));
            String language = language(form.text("language"));
            return Shown.of(consents.registry().add(name, language, recording(form.file("recording"))));
        });
    }

    /** {@code {"name": ...}} */
    @POST
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Shown rename(String id, InputStream body, RoutingContext http) {
        uploads.check();
        String[] name = new String[1];
        JsonFields.read(RequestBody.read(body, http.request(), bodyBytes), (field, json) -> {
            if (!field.equals("name")) {
                throw json.unknown(field, "name");
            }
            name[0] = json.string(field);
        });
        return Shown.of(consents.registry().rename(id, name(Optional.ofNullable(name[0]))));
    }

    @DELETE
    @Path("{id}")
    public Deleted remove(String id) {
        uploads.check();
        consents.remove(id, lifecycle.service());
        return new Deleted(id, "audio.voice_consent", true);
    }

    /** @throws InvalidInput if it is too large, too long, or no recording */
    private byte[] recording(byte[] file) {
        if (file.length > recordingBytes) { // the body may be larger, for recordings in base64
            throw new InvalidInput("recording", "recording_too_large", "recording is larger than " + recordingBytes + " bytes.");
        }
        try {
            Recording.read(file, LONGEST_SECONDS);
            return file;
        } catch (InvalidInput e) {
            throw new InvalidInput("recording", e.code(), e.getMessage());
        }
    }

    private static String language(Optional<String> given) {
        String language = given.orElseThrow(() -> new InvalidInput("language", "missing_field", "language is missing."));
        try {
            if (language.length() <= LONGEST_LANGUAGE) {
                new Locale.Builder().setLanguageTag(language); // is it one
                return language;
            }
        } catch (IllformedLocaleException e) {
            // it is none
        }
        throw new InvalidInput("language", "unsupported_language", "language must be a BCP 47 tag, for instance en-US.");
    }

    private static String name(Optional<String> given) {
        String name = given.orElseThrow(() -> new InvalidInput("name", "missing_field", "name is missing."));
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new InvalidInput("name", "bad_name", "name must be 1 to " + LONGEST_NAME + " characters long.");
        }
        return name.strip();
    }
}
