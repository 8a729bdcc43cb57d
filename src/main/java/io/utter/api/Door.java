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
import java.util.Optional;

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
    private final ApiKeys keys;
    private final int perClient;
    private final Duration longest;

    Door(ServerLifecycle lifecycle, SpeechMetrics metrics, AdmissionGate gate, ApiKeys keys, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.gate = gate;
        this.keys = keys;
        this.perClient = config.admission().perClient();
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

    /** On what only those may call who have a key, where keys are needed. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Keyed {}

    @Keyed
    @ServerRequestFilter(nonBlocking = true)
    void checkKey(RoutingContext http) {
        keys.caller(http.request());
    }

    @Guarded
    @ServerRequestFilter(nonBlocking = true)
    void enter(RoutingContext http) {
        Arrival arrival = Arrival.of(http);
        SpeechExchange exchange = new SpeechExchange(arrival.id(), metrics);
        try {
            Optional<ApiKeys.Caller> caller = keys.caller(http.request());
            lifecycle.service(); // is there one
            Duration timeout = RequestTimeout.of(http.request(), longest);
            String client = caller.map(ApiKeys.Caller::name).orElseGet(() -> clients.of(http.request()));
            int share = caller.map(known -> known.requests().orElse(perClient)).orElse(perClient);
            exchange.entered(gate.enter(client, share, timeout), timeout);
        } catch (RuntimeException | Error failure) {
            exchange.failed(failure);
            throw failure;
        }
        arrival.over().thenRun(exchange::cancelled); // unless it has ended otherwise by then
        http.put(KEY, exchange);
    }
}
