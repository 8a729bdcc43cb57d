package io.utter.api;

import io.quarkus.runtime.Startup;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Locale;

/** Whether voices can be added and deleted over HTTP. */
@Startup // a mistake in the configuration is told at the start
@ApplicationScoped
class Uploads {
    private final boolean allowed;

    /** @throws IllegalArgumentException if the configuration says neither on, off nor auto */
    Uploads(UtterConfig config) {
        this.allowed = switch (config.voices().uploads().strip().toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            case "auto" -> config.keysFile().isPresent();
            default -> throw new IllegalArgumentException("utter.voices.uploads is on, off or auto, not " + config.voices().uploads());
        };
    }

    boolean allowed() {
        return allowed;
    }

    /** @throws UtterException.Forbidden if they cannot */
    void check() {
        if (!allowed) {
            throw new UtterException.Forbidden("uploads_are_off",
                    "Voices cannot be added or deleted here: UTTER_VOICES_UPLOADS=on allows it, or UTTER_KEYS_FILE for those who have a key.");
        }
    }
}
