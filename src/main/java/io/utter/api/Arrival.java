package io.utter.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * What is known of an API request before anything has looked at it.
 *
 * @param id the caller's own if it is well formed, so that it can be followed across services, or a new one
 * @param over done when the response has ended or the client has left, whichever comes first. Quarkus REST tells its publishers that the
 *     client has left only if it happens after it has begun to listen for it; this tells always.
 */
record Arrival(String id, CompletableFuture<Void> over) {
    static final String ID_HEADER = "X-Request-Id";

    private static final String API = "/v1/";
    private static final String KEY = Arrival.class.getName();
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    static Arrival of(RoutingContext http) {
        return http.get(KEY);
    }

    private static void register(RoutingContext http) {
        String path = http.request().path();
        if (path.startsWith(API) || ApiV2.owns(path)) {
            String given = http.request().getHeader(ID_HEADER);
            boolean usable = given != null && WELL_FORMED.matcher(given).matches();
            Arrival arrival = new Arrival(usable ? given : UUID.randomUUID().toString(), new CompletableFuture<>());
            QuarkusRequestWrapper.get(http.request()).addRequestDoneHandler(_ -> arrival.over().complete(null));
            http.response().putHeader(ID_HEADER, arrival.id());
            http.put(KEY, arrival);
        }
        http.next();
    }

    /** Puts the registration before all that answers requests. */
    @Singleton
    static final class Filter {
        private static final int PRIORITY = 100;

        void install(@Observes Filters filters) {
            filters.register(Arrival::register, PRIORITY);
        }
    }
}
