package io.utter.api;

import io.utter.audio.encoder.AudioFormat;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException.InvalidInput;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.speech.Reference;
import io.utter.speech.SpeechService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the paths of GPT-SoVITS's {@code api_v2.py} share (docs/api-v2.md): whether they are there at all, where its recordings are, and, since its
 * clients expect that, a model and a recording that one of them has chosen for all.
 */
@ApplicationScoped
class ApiV2 {
    private static final Set<String> PATHS = Set.of("/tts", "/set_gpt_weights", "/set_sovits_weights", "/set_refer_audio", "/control");

    private final ServerLifecycle lifecycle;
    private final UtterConfig.ApiV2 config;
    private final int recordingBytes;
    private final ApiV2Weights weights = new ApiV2Weights();
    private volatile Optional<String> recording = Optional.empty();

    ApiV2(ServerLifecycle lifecycle, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.config = config.apiV2();
        this.recordingBytes = config.voices().recordingBytes();
    }

    /** On what is not there unless the operator wants it. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Enabled {}

    /** Before the door, so that nothing is said of what is behind it. */
    static final class Filter {
        private final boolean enabled;

        Filter(UtterConfig config) {
            this.enabled = config.apiV2().enabled();
        }

        @Enabled
        @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHENTICATION)
        void check() {
            if (!enabled) {
                throw new NotFoundException();
            }
        }
    }

    static boolean owns(String path) {
        return PATHS.contains(path);
    }

    /** The model that is spoken with. */
    SpeechService.Model model() {
        return weights.model(lifecycle.service().models());
    }

    boolean switching() {
        return config.switching();
    }

    /**
     * From now on speaks with the model that these weights mean ({@link ApiV2Weights}).
     *
     * @throws InvalidInput if there is none
     */
    void choose(ApiV2Weights.Kind kind, String path) {
        weights.choose(kind, path, lifecycle.service().models());
    }

    /**
     * From now on requests without a recording mean this one.
     *
     * @throws InvalidInput if there is none such
     */
    void chooseRecording(String path) {
        if (voice(path).isEmpty()) {
            read(path);
        }
        recording = Optional.of(path);
    }

    /** The recording that requests without one mean. */
    Optional<String> recording() {
        return recording;
    }

    /** The id of the voice that the path of a recording means, if it is one. */
    Optional<String> voice(String path) {
        String own = model().id();
        return lifecycle.service().voices().stream().filter(voice -> voice.model().equals(own)).map(SpeechService.Voice::id)
                .filter(path::equals).findFirst();
    }

    /** The recordings of these paths, of which the first is the main one. */
    Reference reference(String path, List<String> auxiliaries, Optional<String> transcript, String language) {
        List<byte[]> more = new ArrayList<>();
        for (String auxiliary : auxiliaries) {
            more.add(read(auxiliary));
        }
        return new Reference(read(path), more, transcript, Optional.of(language));
    }

    /**
     * A file in the one folder that the operator has named, or below. What else there is on this machine makes no difference to what is answered.
     *
     * @throws InvalidInput if it is none
     */
    private byte[] read(String path) {
        try {
            Path folder = config.referenceFolder().orElseThrow(() -> noSuch(path)).toRealPath();
            Path file = folder.resolve(path).toRealPath();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw noSuch(path);
            }
            if (Files.size(file) > recordingBytes) {
                throw new InvalidInput("ref_audio_path", "recording_too_large", path + " is larger than " + recordingBytes + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException | InvalidPathException e) {
            throw noSuch(path);
        }
    }

    private static InvalidInput noSuch(String path) {
        return new InvalidInput("ref_audio_path", "reference_not_found", path + " not exists");
    }

    /** How upstream's clients name formats; {@code ogg} is Opus here, and Vorbis there. */
    enum MediaType {
        WAV(AudioFormat.WAV),
        RAW(AudioFormat.PCM),
        OGG(AudioFormat.OPUS),
        AAC(AudioFormat.AAC);

        private final AudioFormat format;

        MediaType(AudioFormat format) {
            this.format = format;
        }

        AudioFormat format() {
            return format;
        }
    }
}
