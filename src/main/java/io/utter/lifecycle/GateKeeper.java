package io.utter.lifecycle;

import io.utter.admission.AdmissionGate;
import io.utter.admission.Bounds;
import io.utter.config.UtterConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Sets up the one gate of the server as the configuration wants it. */
@Singleton
final class GateKeeper {

    @Produces
    @Singleton
    AdmissionGate gate(UtterConfig config) {
        UtterConfig.Admission admission = config.admission();
        return new AdmissionGate(
                new Bounds(BundleLoader.settings(config).slotsInAll(), admission.longestWait(), admission.mostWaiting(), admission.perClient()));
    }
}
