package io.utter.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.config.RequestRules;
import io.utter.config.UtterConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

import java.io.InputStream;

/** {@code POST /v1/audio/speech}: text in, audio out while it is being made. */
@Path("/v1/audio/speech")
public class SpeechResource {
    private final Speaking speaking;
    private final LargeBodies bodies;
    private final RequestRules rules;

    SpeechResource(Speaking speaking, LargeBodies bodies, UtterConfig config) {
        this.speaking = speaking;
        this.bodies = bodies;
        this.rules = new RequestRules(config.limits());
    }

    /**
     * A JSON body, or a form with a recording of the voice in it. Runs on a virtual thread because reading the body and preparing the text take
     * their time.
     */
    @POST
    @Door.Guarded
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Blocking
    @RunOnVirtualThread
    public RestMulti<byte[]> speak(InputStream body, RoutingContext http) {
        String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return speak(body, http, MultipartForm.isType(type) ? bytes -> SpeechBody.read(MultipartForm.read(type, bytes)) : SpeechBody::read);
    }

    private RestMulti<byte[]> speak(InputStream body, RoutingContext http, LargeBodies.Use<SpeechBody> reading) {
        return speaking.answer(http, begin -> bodies.with(body, http.request(), bytes -> {
            SpeechBody asked = reading.of(bytes);
            return begin.with(new Speaking.Asked(rules.check(asked.request()), asked.delivery()));
        }));
    }
}
