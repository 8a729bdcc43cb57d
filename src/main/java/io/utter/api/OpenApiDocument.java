package io.utter.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * {@code GET /q/openapi}: the document of the HTTP interface, which is written by hand, as it is. Quarkus's extension would read it, build a
 * model of it and write that twice at every start, which takes a tenth of the time of a start; it is there in dev mode only, for its page.
 */
@Singleton
final class OpenApiDocument {
    static final String FILE = "/META-INF/openapi.yaml";

    private static final String PATH = "/q/openapi";
    private static final String YAML = "application/yaml";
    /** Before the extension's own route, where there is one. */
    private static final int FIRST = -1;

    void install(@Observes Router router) {
        router.route(PATH).method(HttpMethod.GET).method(HttpMethod.HEAD).order(FIRST).blockingHandler(OpenApiDocument::answer, false);
    }

    private static void answer(RoutingContext http) {
        try (InputStream file = OpenApiDocument.class.getResourceAsStream(FILE)) {
            http.response().putHeader(HttpHeaders.CONTENT_TYPE, YAML).end(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
