package io.utter.api;

import io.utter.error.UtterException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.time.Duration;
import java.util.Map;

/** Every error to its status and {@link Problem}: the one place where that is decided. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final Map<Integer, String> CODES = Map.of(400, "bad_request", 404, "unknown_path", 405, "method_not_allowed",
            406, "not_acceptable", 413, RequestBody.TOO_LARGE, 415, "unsupported_media_type");
    private static final Map<Integer, String> MESSAGES = Map.of(404, "There is nothing at this path.",
            405, "This path does not take this method.", 406, "None of the media types in Accept can be given.",
            415, "The body must be sent as application/json, or, with recordings, as multipart/form-data.");

    private static final String INTERNAL = Problem.of(new IllegalStateException()).error().message();

    @ServerExceptionMapper
    Response utter(UtterException failure, RoutingContext http) {
        boolean apiV2 = ApiV2.owns(http.request().path());
        return switch (failure) {
            // the rest of such a body is not waited for
            case UtterException.InvalidInput e when e.code().equals(RequestBody.TOO_LARGE) ->
                    problem(apiV2, 413, e.code(), e.field(), e.getMessage()).header("Connection", "close").build();
            case TtsMismatch e -> Response.status(422).type(MediaType.APPLICATION_JSON_TYPE).entity(e.problem()).build();
            case UtterException.InvalidInput e -> problem(apiV2, 400, e.code(), e.field(), e.getMessage()).build();
            case UtterException.NotFound e -> problem(apiV2, 404, e.code(), e.field(), e.getMessage()).build();
            case UtterException.Unauthorized e -> problem(apiV2, 401, e.code(), null, e.getMessage())
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
            case UtterException.Forbidden e -> problem(apiV2, 403, e.code(), null, e.getMessage()).build();
            case UtterException.Conflict e -> problem(apiV2, 409, e.code(), null, e.getMessage()).build();
            case UtterException.Unavailable e -> later(apiV2, 503, e, e.retryAfter());
            case UtterException.OverQuota e -> later(apiV2, 429, e, e.retryAfter());
            case UtterException.TimedOut e -> problem(apiV2, 504, e.code(), null, e.getMessage()).build();
            case UtterException.Failed e -> problem(apiV2, 500, e.code(), null, e.getMessage()).build();
        };
    }

    private static Response later(boolean apiV2, int status, UtterException failure, Duration retryAfter) {
        return problem(apiV2, status, failure.code(), null, failure.getMessage())
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.plusMillis(999).toSeconds())).build();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure, RoutingContext http) {
        Response theirs = failure.getResponse();
        int status = theirs.getStatus();
        Response.ResponseBuilder ours = problem(ApiV2.owns(http.request().path()), status, CODES.getOrDefault(status, "http_" + status), null,
                MESSAGES.getOrDefault(status, theirs.getStatusInfo().getReasonPhrase()));
        if (theirs.getHeaderString(HttpHeaders.ALLOW) != null) {
            ours.header(HttpHeaders.ALLOW, theirs.getHeaderString(HttpHeaders.ALLOW));
        }
        return ours.build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, RoutingContext http) {
        LOG.errorf(failure, "Request %s failed unexpectedly", http.response().headers().get(Arrival.ID_HEADER));
        return Response.serverError().type(MediaType.APPLICATION_JSON_TYPE)
                .entity(ApiV2.owns(http.request().path()) ? ApiV2Problem.of(500, "internal_error", INTERNAL) : Problem.of(failure)).build();
    }

    /** @param apiV2 whether upstream's clients are told, in the shape that they know */
    private static Response.ResponseBuilder problem(boolean apiV2, int status, String code, String param, String message) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE)
                .entity(apiV2 ? ApiV2Problem.of(status, code, message) : Problem.of(status, code, param, message));
    }
}
