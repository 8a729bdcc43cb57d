package io.utter.health;

import io.utter.audio.Ffmpeg;
import io.utter.audio.encoder.AudioFormat;
import io.utter.lifecycle.Phase;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import java.util.Locale;
import java.util.stream.Collectors;

/** A check's answer that says in which phase the server is, why if it failed or broke, and which audio formats it can give. */
final class PhaseReport {
    private PhaseReport() {}

    static HealthCheckResponse of(String check, Phase phase, boolean up) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(check).status(up)
                .withData("phase", phase.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .withData("formats", AudioFormat.available().stream().map(AudioFormat::id).collect(Collectors.joining(", ")))
                .withData("ffmpeg", Ffmpeg.installed().map(ffmpeg -> ffmpeg.program().toString()).orElse("none"));
        switch (phase) {
            case Phase.Failed(String reason) -> response.withData("reason", reason);
            case Phase.Broken(String reason) -> response.withData("reason", reason);
            default -> { } // the phase says it all
        }
        return response.build();
    }
}
