package io.utter.api;

import io.utter.error.UtterException.InvalidInput;
import io.vertx.core.http.HttpServerRequest;

import java.io.IOException;
import java.io.InputStream;

/** Reads a body up to a limit; what is larger is refused as soon as that is known, without waiting for the rest. */
final class RequestBody {
    /** Code of the one invalid input whose status is 413. */
    static final String TOO_LARGE = "body_too_large";

    private RequestBody() {}

    /** @throws InvalidInput if it is larger than {@code limit} bytes, stops coming, or breaks off */
    static byte[] read(InputStream body, HttpServerRequest request, int limit) {
        String announced = request.getHeader("Content-Length");
        if (announced != null && announced.length() > String.valueOf(limit).length() || announced != null && Long.parseLong(announced) > limit) {
            throw tooLarge(limit);
        }
        try {
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw tooLarge(limit);
            }
            return bytes;
        } catch (IOException e) { // the client has left, or sends nothing for quarkus.http.read-timeout
            throw new InvalidInput(JsonFields.BODY, "incomplete_body", "The body did not arrive whole.");
        }
    }

    private static InvalidInput tooLarge(int limit) {
        return new InvalidInput(JsonFields.BODY, TOO_LARGE, "The body is larger than %d bytes.".formatted(limit));
    }
}
