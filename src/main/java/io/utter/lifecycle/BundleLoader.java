package io.utter.lifecycle;

import io.quarkus.arc.DefaultBean;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.speech.SpeechService;
import jakarta.enterprise.context.ApplicationScoped;

/** Loads the bundles of {@code utter.models}: what {@code serve}, {@code say} and {@code voices} speak with. */
@ApplicationScoped
@DefaultBean
public class BundleLoader implements SpeechServiceLoader {

    @Override
    public SpeechService load(UtterConfig config) {
        throw new UtterException.Failed("no_engine", "No speech engine is part of this build.", null); // the integrator's line goes here
    }
}
