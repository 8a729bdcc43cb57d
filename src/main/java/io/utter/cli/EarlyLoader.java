package io.utter.cli;

import io.utter.config.StandaloneConfig;
import io.utter.config.UtterConfig;
import io.utter.lifecycle.SpeechServiceLoader;
import io.utter.speech.SpeechService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Loads while the command line is still being read, which takes about as long. The command that then asks for the service gets it, or the
 * failure to load it; if none asks, because its line was wrong, the service is closed again.
 */
final class EarlyLoader implements SpeechServiceLoader, AutoCloseable {
    private final CompletableFuture<SpeechService> loading;
    private boolean taken;

    private EarlyLoader(CompletableFuture<SpeechService> loading) {
        this.loading = loading;
    }

    /** Begins to load with the configuration that every command reads. */
    static EarlyLoader begin(SpeechServiceLoader loader) {
        CompletableFuture<SpeechService> loading = new CompletableFuture<>();
        Thread.ofPlatform().daemon(true).name("early-load").start(() -> {
            try {
                loading.complete(loader.load(StandaloneConfig.read()));
            } catch (Throwable t) { // an Error too must reach whoever waits
                loading.completeExceptionally(t);
            }
        });
        return new EarlyLoader(loading);
    }

    /** The service, once; its taker closes it. */
    @Override
    public SpeechService load(UtterConfig config) throws Exception {
        if (taken) {
            throw new IllegalStateException("loaded once already");
        }
        try {
            SpeechService service = loading.get();
            taken = true;
            return service;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Waits for what was begun: a process that exits while the runtime makes sessions would crash. */
    @Override
    public void close() {
        if (!taken) {
            loading.thenAccept(SpeechService::close).exceptionally(failure -> null).join();
        }
    }
}
