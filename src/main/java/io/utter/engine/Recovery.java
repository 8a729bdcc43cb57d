package io.utter.engine;

import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells a request that fails from a network that does. A run that fails for one request says nothing; several in a row, with no success
 * between, mean that the session is spoilt: it is made anew, once. If the new one fails as well, nothing but a new process can help.
 */
final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final int FAILURES_IN_A_ROW = 3;

    private final String network;
    private final Runnable renew;
    private int failures;
    private boolean renewed;
    private volatile String broken;

    /** @param renew makes the session anew; what it throws counts as a failure for good */
    Recovery(String network, Runnable renew) {
        this.network = network;
        this.renew = renew;
    }

    synchronized void succeeded() {
        failures = 0;
        renewed = false;
    }

    /** @return whether the session was found spoilt: it is now a new one, or {@link #broken()} */
    synchronized boolean failed(Throwable failure) {
        failures++;
        LOG.warnf(failure, "A run of the %s network failed", network);
        if (failures < FAILURES_IN_A_ROW || broken != null) {
            return false;
        }
        failures = 0;
        if (renewed) {
            broken = "the " + network + " network fails again after it was loaded anew";
        } else {
            renewed = true;
            try {
                renew.run();
                LOG.warnf("The %s network was loaded anew", network);
            } catch (RuntimeException | Error e) {
                broken = "the " + network + " network failed and cannot be loaded anew";
                LOG.errorf(e, "The %s network cannot be loaded anew", network);
            }
        }
        return true;
    }

    /** Why there is no hope any more. */
    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }
}
