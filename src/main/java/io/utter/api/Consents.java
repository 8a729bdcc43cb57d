package io.utter.api;

import io.quarkus.runtime.Startup;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.lifecycle.BundleLoader;
import io.utter.voice.ConsentRegistry;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Locale;
import java.util.Optional;

/** The consents of this server, and whether voices need one. */
@Startup // a mistake in the configuration is told at the start
@ApplicationScoped
class Consents {
    private static final String FOLDER = ".consents";

    private final ConsentRegistry registry;
    private final boolean required;

    /** @throws IllegalArgumentException if the configuration says neither optional nor required */
    Consents(UtterConfig config) {
        this.registry = new ConsentRegistry(BundleLoader.addedVoices(config).map(voices -> voices.resolve(FOLDER)), config.voices().most());
        this.required = switch (config.voices().consent().strip().toLowerCase(Locale.ROOT)) {
            case "optional" -> false;
            case "required" -> true;
            default -> throw new IllegalArgumentException("utter.voices.consent is optional or required, not " + config.voices().consent());
        };
    }

    ConsentRegistry registry() {
        return registry;
    }

    /**
     * Lets a voice pass that brings what it needs.
     *
     * @throws UtterException.InvalidInput if it does not
     */
    void check(Optional<String> id) {
        if (id.isEmpty() && required) {
            throw new UtterException.InvalidInput("consent", "missing_field", "consent is missing: it is the id of a consent, see POST /v1/audio/voice_consents.");
        }
        id.filter(given -> registry.find(given).isEmpty()).ifPresent(given -> {
            throw new UtterException.InvalidInput("consent", "consent_not_found", "There is no such consent.");
        });
    }
}
