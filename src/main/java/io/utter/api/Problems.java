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

    @ServerExceptionMapper
    Response utter(UtterException failure) {
        return switch (failure) {
            // the rest of such a body is not waited for
            case UtterException.InvalidInput e when e.code().equals(RequestBody.TOO_LARGE) ->
                    problem(413, e.code(), e.field(), e.getMessage()).header("Connection", "close").build();
            case UtterException.InvalidInput e -> problem(400, e.code(), e.field(), e.getMessage()).build();
            case UtterException.NotFound e -> problem(404, e.code(), e.field(), e.getMessage()).build();
            case UtterException.Unauthorized e -> problem(401, e.code(), null, e.getMessage()).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
            case UtterException.Forbidden e -> problem(403, e.code(), null, e.getMessage()).build();
            case UtterException.Unavailable e -> later(503, e, e.retryAfter());
            case UtterException.OverQuota e -> later(429, e, e.retryAfter());
            case UtterException.TimedOut e -> problem(504, e.code(), null, e.getMessage()).build();
            case UtterException.Failed e -> problem(500, e.code(), null, e.getMessage()).build();
        };
    }

    private static Response later(int status, UtterException failure, Duration retryAfter) {
        return problem(status, failure.code(), null, failure.getMessage())
                .header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.plusMillis(999).toSeconds())).build();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        Response theirs = failure.getResponse();
        int status = theirs.getStatus();
        Response.ResponseBuilder ours = problem(status, CODES.getOrDefault(status, "http_" + status), null,
                MESSAGES.getOrDefault(status, theirs.getStatusInfo().getReasonPhrase()));
        if (theirs.getHeaderString(HttpHeaders.ALLOW) != null) {
            ours.header(HttpHeaders.ALLOW, theirs.getHeaderString(HttpHeaders.ALLOW));
        }
        return ours.build();
    }

    @ServerExceptionMapper
    Response unexpected(Throwable failure, RoutingContext http) {
        LOG.errorf(failure, "Request %s failed unexpectedly", http.response().headers().get(Arrival.ID_HEADER));
        return Response.serverError().type(MediaType.APPLICATION_JSON_TYPE).entity(Problem.of(failure)).build();
    }

    private static Response.ResponseBuilder problem(int status, String code, String param, String message) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(Problem.of(status, code, param, message));
    }
}
