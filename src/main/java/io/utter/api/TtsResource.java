package io.utter.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.utter.config.RequestRules;
import io.utter.config.UtterConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestMulti;

import java.io.InputStream;
import java.util.function.Supplier;

/** {@code /tts} as clients of GPT-SoVITS's {@code api_v2.py} know it: the fields in the query, or as JSON. */
@Path("/tts")
public class TtsResource {
    private final ApiV2 api;
    private final Speaking speaking;
    private final RequestRules rules;
    private final int bodyBytes;

    TtsResource(ApiV2 api, Speaking speaking, UtterConfig config) {
        this.api = api;
        this.speaking = speaking;
        this.rules = new RequestRules(config.limits());
        this.bodyBytes = config.limits().bodyBytes();
    }

    @GET
    @ApiV2.Enabled
    @Door.Guarded
    @Blocking
    @RunOnVirtualThread
    public RestMulti<byte[]> speak(RoutingContext http) {
        return speak(http, () -> TtsBody.read(http.queryParams(), api));
    }

    @POST
    @ApiV2.Enabled
    @Door.Guarded
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @RunOnVirtualThread
    public RestMulti<byte[]> speak(InputStream body, RoutingContext http) {
        return speak(http, () -> TtsBody.read(RequestBody.read(body, http.request(), bodyBytes), api));
    }

    private RestMulti<byte[]> speak(RoutingContext http, Supplier<TtsBody> reading) {
        return speaking.answer(http, begin -> {
            TtsBody asked = reading.get();
            return begin.with(new Speaking.Asked(rules.check(asked.request()), asked.delivery()));
        });
    }
}
