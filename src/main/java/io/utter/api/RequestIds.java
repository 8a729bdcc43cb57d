package io.utter.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.util.UUID;
import java.util.regex.Pattern;

/** Gives every API request an id: the caller's own if it is well formed, so that it can be followed across services, or a new one. */
@Singleton
final class RequestIds {
    static final String HEADER = "X-Request-Id";

    private static final String API = "/v1/";
    private static final int PRIORITY = 100;
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    void register(@Observes Filters filters) {
        filters.register(RequestIds::assign, PRIORITY);
    }

    /** The id of this request, empty outside the API. */
    static String of(RoutingContext http) {
        String id = http.response().headers().get(HEADER);
        return id == null ? "" : id;
    }

    private static void assign(RoutingContext http) {
        if (http.request().path().startsWith(API)) {
            String given = http.request().getHeader(HEADER);
            boolean usable = given != null && WELL_FORMED.matcher(given).matches();
            http.response().putHeader(HEADER, usable ? given : UUID.randomUUID().toString());
        }
        http.next();
    }
}
