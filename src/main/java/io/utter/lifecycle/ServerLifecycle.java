package io.utter.lifecycle;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.utter.admission.AdmissionGate;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.utter.metrics.SpeechMetrics;
import io.utter.speech.SpeechService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The server's life: who asks for the {@link SpeechService} gets it once it is warm, and until SIGTERM. */
@ApplicationScoped
public class ServerLifecycle {
    private static final Logger LOG = Logger.getLogger(ServerLifecycle.class);
    private static final Duration RETRY_WHEN_STARTING = Duration.ofSeconds(2);
    private static final Duration RETRY_ELSEWHERE = Duration.ofSeconds(1);
    private static final int EXIT_FAILED = 1;

    private final UtterConfig config;
    private final SpeechServiceLoader loader;
    private final SpeechMetrics metrics;
    private final AdmissionGate gate;
    private volatile ModelStart start;
    private volatile boolean draining;
    /** From the process's start until requests are taken, if only to be told to wait. */
    private volatile Duration listening = Duration.ZERO;

    ServerLifecycle(UtterConfig config, SpeechServiceLoader loader, SpeechMetrics metrics, AdmissionGate gate) {
        this.config = config;
        this.loader = loader;
        this.metrics = metrics;
        this.gate = gate;
    }

    void onStart(@Observes StartupEvent event) {
        if (!config.limits().requestTimeout().isPositive()) {
            throw new IllegalArgumentException("utter.limits.request-timeout must be positive: it is no switch");
        }
        listening = ModelStart.sinceExec();
        metrics.watch(gate::held, gate::estimatedWait);
        start = ModelStart.begunInMainOr(() -> config, loader);
        start.warm().whenComplete((service, failure) -> {
            if (failure == null) {
                started(service);
            } else {
                failed(failure);
            }
        });
    }

    // Fires at SIGTERM; Quarkus itself would go on taking requests until the last stream has ended.
    void onDrain(@Observes ShutdownDelayInitiatedEvent event) {
        draining = true;
    }

    void onStop(@Observes ShutdownEvent event) {
        draining = true;
        start.warm().thenAccept(SpeechService::close);
    }

    public Phase phase() {
        if (draining) {
            return new Phase.Draining();
        }
        Phase phase = start == null ? new Phase.Loading() : start.phase();
        return phase instanceof Phase.Ready ? broken().<Phase>map(Phase.Broken::new).orElse(phase) : phase;
    }

    private Optional<String> broken() {
        SpeechService warm = start.warm().getNow(null);
        return warm == null ? Optional.empty() : warm.broken();
    }

    /** Done when models are warm; fails as they did. */
    CompletableFuture<SpeechService> whenStarted() {
        return start.warm();
    }

    /** @throws UtterException.Unavailable while starting or draining, and for good if models could not be loaded or have broken */
    public SpeechService service() {
        return switch (phase()) {
            case Phase.Ready _ -> start.warm().join();
            case Phase.Loading _, Phase.WarmingUp _ -> throw new UtterException.Unavailable("starting",
                    "The models are still being loaded; try again in a moment.", RETRY_WHEN_STARTING);
            case Phase.Draining _ -> throw new UtterException.Unavailable("draining",
                    "This server is shutting down; try again and another will answer.", RETRY_ELSEWHERE);
            case Phase.Broken _ -> throw new UtterException.Unavailable("models_broken",
                    "This server cannot speak any more; try again and another will answer.", RETRY_ELSEWHERE);
            case Phase.Failed _ -> throw new UtterException.Unavailable("models_failed",
                    "The models could not be loaded.", RETRY_WHEN_STARTING);
        };
    }

    private void started(SpeechService service) {
        service.monitor(metrics.monitor(service.models().stream().map(SpeechService.Model::id).toList()));
        Duration sinceExec = ModelStart.sinceExec();
        metrics.startup("jvm", start.virtualMachine());
        metrics.startup("http", listening);
        metrics.startup("load", start.load());
        metrics.startup("warmup", start.warmUp());
        metrics.startup("total", sinceExec);
        LOG.infof("ready in %d ms: virtual machine %d ms, then load %d ms and warm-up %d ms; HTTP after %d ms", sinceExec.toMillis(),
                start.virtualMachine().toMillis(), start.load().toMillis(), start.warmUp().toMillis(), listening.toMillis());
    }

    private void failed(Throwable failure) {
        if (failure instanceof UtterException) {
            LOG.errorf("Cannot start: %s", failure.getMessage());
        } else {
            LOG.error("Cannot start", failure);
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) { // dev mode waits for a fix, tests look at it
            Quarkus.asyncExit(EXIT_FAILED);
        }
    }
}
