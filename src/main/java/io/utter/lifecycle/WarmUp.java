package io.utter.lifecycle;

import io.utter.engine.Listener;
import io.utter.engine.SpeechStream;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import java.io.IOException;

/**
 * Speaks with the default voice until something is heard, and throws it away: by then all networks have run, memory is touched, code compiled.
 * Those who come first wait no longer than those after them.
 */
final class WarmUp {
    /** Digits can be said in every language. */
    private static final String TEXT = "1, 2, 3.";

    private WarmUp() {}

    /** @throws io.utter.error.UtterException if nothing can be spoken */
    static void run(SpeechService service) throws InterruptedException, IOException {
        SpeechStream stream = service.speak(SpeechRequest.of(TEXT));
        Listener.hearUntil(() -> true, stream, samples -> {
            // nobody listens
        });
    }
}
