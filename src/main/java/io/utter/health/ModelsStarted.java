package io.utter.health;

import io.utter.lifecycle.Phase;
import io.utter.lifecycle.ServerLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the models are loaded and warm, and ever after. */
@Startup
@ApplicationScoped
class ModelsStarted implements HealthCheck {
    private final ServerLifecycle lifecycle;

    ModelsStarted(ServerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        Phase phase = lifecycle.phase();
        return PhaseReport.of("models-started", phase, !(phase instanceof Phase.Loading || phase instanceof Phase.WarmingUp
                || phase instanceof Phase.Failed));
    }
}
