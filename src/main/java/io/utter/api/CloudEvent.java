package io.utter.api;

import io.vertx.core.http.HttpServerRequest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that an event broker delivers: a CloudEvent in HTTP's binary mode, whose data is an ordinary request body. Its answer is an
 * event too, so that the broker passes the audio on to whoever waits for it. An event that is delivered twice is answered with the same id.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP protocol binding</a>
 */
record CloudEvent(String id) {
    /** What the answer is. */
    static final String AUDIO = "dev.utter.speech.audio";

    private static final String VERSION = "1.0";
    private static final String SOURCE = "/v1/audio/speech";
    /** An id goes back in a header, and must not be able to end it. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]{1,256}");

    /** The event that the request is; none if it is an ordinary call. */
    static Optional<CloudEvent> of(HttpServerRequest request) {
        String id = request.getHeader("ce-id");
        boolean event = VERSION.equals(request.getHeader("ce-specversion")) && id != null && PRINTABLE.matcher(id).matches();
        return event ? Optional.of(new CloudEvent(id)) : Optional.empty();
    }

    /** Headers that make the response an event. */
    Map<String, String> reply() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce-specversion", VERSION);
        headers.put("ce-id", id + ".speech");
        headers.put("ce-source", SOURCE);
        headers.put("ce-type", AUDIO);
        headers.put("ce-requestid", id);
        return headers;
    }
}
