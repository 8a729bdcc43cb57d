package io.utter.lifecycle;

import io.utter.engine.SpeechStream;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/** Speaks once with the default voice of the default bundle and throws the sound away: memory is touched, kernels chosen, code compiled. */
final class WarmUp {
    /** Digits can be said in every language. */
    private static final String TEXT = "1, 2, 3.";
    private static final long SEED = 1;

    private WarmUp() {}

    /** @throws ExecutionException with the failure of the stream that failed */
    static void run(SpeechService service) throws ExecutionException, InterruptedException {
        for (SpeechService.Model model : service.models()) {
            listen(service.speak(new SpeechRequest(model.id(), "default", TEXT, Optional.empty(), 1, OptionalLong.of(SEED),
                    OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty())));
        }
    }

    private static void listen(SpeechStream stream) throws ExecutionException, InterruptedException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        stream.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(float[] samples) {
                // nobody listens
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(null);
            }
        });
        end.get();
    }
}
