package io.utter.api;

import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Bodies with recordings in them: a few at a time, so that many of them do not fill the memory. They have to say how long they are. */
@ApplicationScoped
class LargeBodies {
    private static final int AT_A_TIME = 4;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final int ordinary;
    private final int largest;

    LargeBodies(UtterConfig config) {
        this.ordinary = config.limits().bodyBytes();
        this.largest = ordinary + (int) (config.voices().recordingBytes() * 4L / 3); // as base64
    }

    interface Use<T> {
        T of(byte[] body);
    }

    /**
     * Reads a body and does something with it.
     *
     * @throws UtterException.Unavailable if as many large ones as may be are being handled
     */
    <T> T with(InputStream body, HttpServerRequest request, Use<T> use) {
        String announced = request.getHeader("Content-Length");
        boolean large = announced != null && (announced.length() > 10 || Long.parseLong(announced) > ordinary);
        if (!large) {
            return use.of(RequestBody.read(body, request, ordinary));
        }
        if (!places.tryAcquire()) {
            throw new UtterException.Unavailable("uploads_busy", "Other recordings are being received.", RETRY);
        }
        try {
            return use.of(RequestBody.read(body, request, largest));
        } finally {
            places.release();
        }
    }
}
