package io.utter.api;

import io.quarkus.runtime.Startup;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.lifecycle.BundleLoader;
import io.utter.speech.SpeechService;
import io.utter.voice.ConsentRegistry;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The consents of this server, and whether voices need one. */
@Startup // a mistake in the configuration is told at the start
@ApplicationScoped
class Consents {
    private static final String FOLDER = ".consents";

    private final ConsentRegistry registry;
    private final boolean required;
    /** How many voices are being made that rest on a consent, by its id. */
    private final Map<String, Integer> underWay = new HashMap<>();

    /** @throws IllegalArgumentException if the configuration says neither optional nor required */
    Consents(UtterConfig config) {
        this.registry = new ConsentRegistry(BundleLoader.addedVoices(config).map(voices -> voices.resolve(FOLDER)), config.voices().most());
        this.required = switch (config.voices().consent().strip().toLowerCase(Locale.ROOT)) {
            case "optional" -> false;
            case "required" -> true;
            default -> throw new IllegalArgumentException("utter.voices.consent is optional or required, not " + config.voices().consent());
        };
    }

    /** Whether voices need one. */
    boolean required() {
        return required;
    }

    ConsentRegistry registry() {
        return registry;
    }

    /**
     * Makes a voice that brings what it needs. Its consent cannot be deleted meanwhile.
     *
     * @throws UtterException.InvalidInput if it brings none that exists, and needs one or names one
     */
    <T> T resting(Optional<String> id, Supplier<T> voice) {
        hold(id);
        try {
            return voice.get();
        } finally {
            release(id);
        }
    }

    private synchronized void hold(Optional<String> id) {
        if (id.isEmpty() && required) {
            throw new UtterException.InvalidInput("consent", "missing_field",
                    "consent is missing: it is the id of a consent, see POST /v1/audio/voice_consents.");
        }
        id.filter(given -> registry.find(given).isEmpty()).ifPresent(given -> {
            throw new UtterException.InvalidInput("consent", "consent_not_found", "There is no such consent.");
        });
        id.ifPresent(held -> underWay.merge(held, 1, Integer::sum));
    }

    private synchronized void release(Optional<String> id) {
        id.ifPresent(held -> underWay.computeIfPresent(held, (same, voices) -> voices == 1 ? null : voices - 1));
    }

    /**
     * Deletes a consent.
     *
     * @throws UtterException.Conflict if a voice rests on it, or one that is being made
     * @throws UtterException.NotFound if there is none of that id
     */
    synchronized void remove(String id, SpeechService service) {
        if (underWay.containsKey(id)) {
            throw new UtterException.Conflict("consent_in_use", "A voice that is being made rests on this consent.");
        }
        service.voices().stream().filter(voice -> voice.consent().filter(id::equals).isPresent()).findFirst().ifPresent(voice -> {
            throw new UtterException.Conflict("consent_in_use", "Voice " + voice.id() + " rests on this consent: delete the voice first.");
        });
        registry.remove(id);
    }
}
