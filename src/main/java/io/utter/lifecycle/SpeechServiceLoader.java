package io.utter.lifecycle;

import io.utter.config.UtterConfig;
import io.utter.speech.SpeechService;

/** Makes the {@link SpeechService} of a process: reads bundles, creates sessions. Takes as long as that takes. */
@FunctionalInterface
public interface SpeechServiceLoader {

    /** @throws Exception if there is nothing to speak with; an {@link io.utter.error.UtterException}'s message is shown to people */
    SpeechService load(UtterConfig config) throws Exception;
}
