package io.utter.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.utter.error.UtterException;

/** The body of every error, in OpenAI's shape. */
@JsonInclude // nulls are part of the shape
record Problem(Detail error) {

    /**
     * @param message for people
     * @param type {@code invalid_request_error} or {@code server_error}
     * @param param the field at fault, or null
     * @param code stable name of the error
     */
    @JsonInclude
    record Detail(String message, String type, String param, String code) {}

    static Problem of(int status, String code, String param, String message) {
        return new Problem(new Detail(message, status < 500 ? "invalid_request_error" : "server_error", param, code));
    }

    /** What is told of a failure that has no status any more, since the response has begun. */
    static Problem of(Throwable failure) {
        return failure instanceof UtterException known ? of(500, known.code(), null, known.getMessage())
                : of(500, "internal_error", null, "Something went wrong in the server; its log has the details under this X-Request-Id.");
    }
}
