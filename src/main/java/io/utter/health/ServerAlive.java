package io.utter.health;

import io.utter.lifecycle.Phase;
import io.utter.lifecycle.ServerLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down only when nothing but a new process can help: the models could not be loaded, or have broken since. */
@Liveness
@ApplicationScoped
class ServerAlive implements HealthCheck {
    private final ServerLifecycle lifecycle;

    ServerAlive(ServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Phase phase = lifecycle.phase();
        return PhaseReport.of("server-alive", phase, !(phase instanceof Phase.Failed || phase instanceof Phase.Broken));
    }
}
