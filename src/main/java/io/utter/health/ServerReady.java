package io.utter.health;

import io.utter.lifecycle.Phase;
import io.utter.lifecycle.ServerLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while requests are served: models warm and whole, not shutting down. */
@Readiness
@ApplicationScoped
class ServerReady implements HealthCheck {
    private final ServerLifecycle lifecycle;

    ServerReady(ServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Phase phase = lifecycle.phase();
        return PhaseReport.of("server-ready", phase, phase instanceof Phase.Ready);
    }
}
