package io.utter.lifecycle;

import io.utter.config.UtterConfig;
import io.utter.speech.SpeechService;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One start of the models, on a thread of its own: load, then warm up. It can be begun in {@code main}, before Quarkus boots, and is then
 * picked up by the server; on a cold start the two run side by side.
 */
public final class ModelStart {
    /** The start that main began and the server has not picked up yet; the one thing that main can hand to a Quarkus bean. */
    private static final AtomicReference<ModelStart> BEGUN_IN_MAIN = new AtomicReference<>();

    private final CompletableFuture<SpeechService> warm = new CompletableFuture<>();
    private final Duration sinceExec = sinceExec();
    private volatile Phase phase = new Phase.Loading();
    private volatile Duration load = Duration.ZERO;
    private volatile Duration warmUp = Duration.ZERO;

    private ModelStart() {}

    /** For {@code main}: begins, and keeps it for {@link #begunInMainOr}. */
    public static void beginInMain(Supplier<UtterConfig> config, SpeechServiceLoader loader) {
        BEGUN_IN_MAIN.set(begin(config, loader));
    }

    /** What main began, once; or a start that begins now. */
    static ModelStart begunInMainOr(Supplier<UtterConfig> config, SpeechServiceLoader loader) {
        ModelStart begun = BEGUN_IN_MAIN.getAndSet(null);
        return begun != null ? begun : begin(config, loader);
    }

    private static ModelStart begin(Supplier<UtterConfig> config, SpeechServiceLoader loader) {
        ModelStart start = new ModelStart();
        Thread.ofPlatform().name("model-start").daemon(true).start(() -> start.run(config, loader));
        return start;
    }

    private void run(Supplier<UtterConfig> config, SpeechServiceLoader loader) {
        SpeechService service = null;
        try {
            long began = System.nanoTime();
            service = loader.load(config.get());
            long loaded = System.nanoTime();
            load = Duration.ofNanos(loaded - began);
            phase = new Phase.WarmingUp();
            WarmUp.run(service);
            warmUp = Duration.ofNanos(System.nanoTime() - loaded);
            phase = new Phase.Ready();
            warm.complete(service);
        } catch (Throwable t) { // an Error too must reach whoever waits
            phase = new Phase.Failed(reason(t));
            if (service != null) {
                service.close();
            }
            warm.completeExceptionally(t);
        }
    }

    /** How long this process has lived. */
    static Duration sinceExec() {
        return Duration.ofMillis(System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** From the process's start to that of the models: what the virtual machine takes for itself. */
    Duration virtualMachine() {
        return sinceExec;
    }

    /** The service, once it is warm. */
    CompletableFuture<SpeechService> warm() {
        return warm;
    }

    Phase phase() {
        return phase;
    }

    Duration load() {
        return load;
    }

    Duration warmUp() {
        return warmUp;
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
