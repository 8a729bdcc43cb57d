package io.utter.health;

import io.utter.lifecycle.Phase;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** A check's answer that says in which phase the server is, and why if it failed. */
final class PhaseReport {
    private PhaseReport() {}

    static HealthCheckResponse of(String check, Phase phase, boolean up) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(check).status(up)
                .withData("phase", phase.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        if (phase instanceof Phase.Failed failed) {
            response.withData("reason", failed.reason());
        }
        return response.build();
    }
}
