package io.utter.lifecycle;

import io.utter.engine.Listener;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import java.io.IOException;

/** Speaks once with the default voice and throws the sound away: memory is touched, kernels chosen, code compiled. */
final class WarmUp {
    /** Digits can be said in every language. */
    private static final String TEXT = "1, 2, 3.";

    private WarmUp() {}

    /** @throws io.utter.error.UtterException if nothing can be spoken */
    static void run(SpeechService service) throws InterruptedException, IOException {
        Listener.hear(service.speak(SpeechRequest.of(TEXT)), samples -> {
            // nobody listens
        });
    }
}
