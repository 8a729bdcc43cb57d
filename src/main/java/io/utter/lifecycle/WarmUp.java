package io.utter.lifecycle;

import io.utter.engine.Listener;
import io.utter.engine.SpeechStream;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import java.io.IOException;
import java.time.Duration;

/** Speaks once with the default voice and throws the sound away: memory is touched, kernels chosen, code compiled. */
final class WarmUp {
    /** Digits can be said in every language. */
    private static final String TEXT = "1, 2, 3.";

    /** Two or three chunks: by then everything has run, and a server with large networks on few processors has not kept its callers long. */
    private static final Duration ENOUGH = Duration.ofSeconds(1);

    private WarmUp() {}

    /** @throws io.utter.error.UtterException if nothing can be spoken */
    static void run(SpeechService service) throws InterruptedException, IOException {
        SpeechStream stream = service.speak(SpeechRequest.of(TEXT));
        Listener.hearUntil(() -> stream.report().audio().compareTo(ENOUGH) > 0, stream, samples -> {
            // nobody listens
        });
    }
}
