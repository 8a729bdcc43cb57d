package io.utter.fake;

import io.utter.config.UtterConfig;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.SpeechService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;

/** Loads the {@link FakeSpeechService}, which tests may inject. */
@Alternative
@ApplicationScoped
public class FakeLoader implements SpeechServiceLoader {
    private final FakeSpeechService service = new FakeSpeechService();

    @Override
    public SpeechService load(UtterConfig config) {
        return service;
    }

    @Produces
    FakeSpeechService service() {
        return service;
    }
}
