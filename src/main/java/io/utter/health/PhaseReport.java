package io.utter.health;

import io.utter.lifecycle.Phase;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** A check's answer that says in which phase the server is, and why if it failed or broke. */
final class PhaseReport {
    private PhaseReport() {}

    static HealthCheckResponse of(String check, Phase phase, boolean up) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(check).status(up)
                .withData("phase", phase.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
        switch (phase) {
            case Phase.Failed(String reason) -> response.withData("reason", reason);
            case Phase.Broken(String reason) -> response.withData("reason", reason);
            default -> { } // the phase says it all
        }
        return response.build();
    }
}
