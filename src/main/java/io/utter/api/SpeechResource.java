package io.utter.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.admission.AdmissionGate;
import io.utter.admission.Permit;
import io.utter.config.RequestRules;
import io.utter.config.UtterConfig;
import io.utter.engine.Deadline;
import io.utter.engine.SpeechStream;
import io.utter.lifecycle.ServerLifecycle;
import io.utter.metrics.SpeechMetrics;
import io.utter.speech.SpeechRequest;
import io.utter.speech.SpeechService;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

import java.io.InputStream;
import java.time.Duration;

/** {@code POST /v1/audio/speech}: text in, audio out while it is being made. */
@Path("/v1/audio/speech")
public class SpeechResource {
    private final ServerLifecycle lifecycle;
    private final SpeechMetrics metrics;
    private final AdmissionGate gate;
    private final Clients clients;
    private final UtterConfig.Limits limits;
    private final RequestRules rules;

    SpeechResource(ServerLifecycle lifecycle, SpeechMetrics metrics, AdmissionGate gate, UtterConfig config) {
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.gate = gate;
        this.clients = new Clients(config.admission().clientHeader());
        this.limits = config.limits();
        this.rules = new RequestRules(limits);
    }

    /**
     * Runs on a virtual thread because reading the body and preparing the text take their time. Whatever can be refused without the body is
     * refused before it is read.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    public RestMulti<byte[]> speak(InputStream body, RoutingContext http) {
        SpeechExchange exchange = new SpeechExchange(Arrival.of(http).id(), metrics);
        try {
            SpeechService service = lifecycle.service();
            Duration timeout = RequestTimeout.of(http.request(), limits.requestTimeout());
            Deadline deadline = Deadline.in(timeout);
            Permit permit = gate.enter(clients.of(http.request()), timeout);
            exchange.entered(permit, timeout);
            SpeechBody asked = SpeechBody.read(RequestBody.read(body, http.request(), limits.bodyBytes()));
            exchange.asked(asked);
            SpeechRequest request = rules.check(asked.request());
            permit.queue(request.characters(), deadline.remaining());
            metrics.admitted();
            SpeechStream stream = service.speak(request, deadline);
            exchange.began(stream);
            return AudioResponse.of(stream, asked.format(), exchange, http);
        } catch (RuntimeException | Error failure) {
            exchange.failed(failure);
            throw failure;
        }
    }
}
