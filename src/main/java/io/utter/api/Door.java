package io.utter.api;

import io.utter.admission.AdmissionGate;
import io.utter.config.UtterConfig;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.metrics.SpeechMetrics;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.NameBinding;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;

/**
 * Where a speech request is let in, or refused for all that can be known without its body: on the event loop, before a thread is spent on
 * it or a byte of the body read, so that refusing stays quick when the server is busy.
 */
final class Door {
    private static final String KEY = Door.class.getName();

    private final ServerLifecycle lifecycle;
    private final SpeechMetrics metrics;
    private final AdmissionGate gate;
    private final Clients clients;
    private final Duration longest;

    Door(ServerLifecycle lifecycle, SpeechMetrics metrics, AdmissionGate gate, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.gate = gate;
        this.clients = new Clients(config.admission().clientHeader());
        this.longest = config.limits().requestTimeout();
    }

    /** On what only those may call who have come in by the door. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Guarded {}

    /** The exchange of a request that has been let in. */
    static SpeechExchange entered(RoutingContext http) {
        return http.get(KEY);
    }

    @Guarded
    @ServerRequestFilter(nonBlocking = true)
    void enter(RoutingContext http) {
        Arrival arrival = Arrival.of(http);
        SpeechExchange exchange = new SpeechExchange(arrival.id(), metrics);
        try {
            lifecycle.service(); // is there one
            Duration timeout = RequestTimeout.of(http.request(), longest);
            exchange.entered(gate.enter(clients.of(http.request()), timeout), timeout);
        } catch (RuntimeException | Error failure) {
            exchange.failed(failure);
            throw failure;
        }
        arrival.over().thenRun(exchange::cancelled); // unless it has ended otherwise by then
        http.put(KEY, exchange);
    }
}
