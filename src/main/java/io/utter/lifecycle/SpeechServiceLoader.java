package io.utter.lifecycle;

import io.utter.config.UtterConfig;
import io.utter.speech.SpeechService;

/** Makes the {@link SpeechService} of a process: reads bundles, creates sessions. Takes as long as that takes. */
@FunctionalInterface
public interface SpeechServiceLoader {

    /** @throws Exception if there is nothing to speak with; an {@link io.utter.error.UtterException}'s message is shown to people */
    SpeechService load(UtterConfig config) throws Exception;

    /** The same for work that may need no networks at all: they are loaded when speech is first asked for. */
    default SpeechService open(UtterConfig config) throws Exception {
        return load(config);
    }
}
