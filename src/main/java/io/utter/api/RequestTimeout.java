package io.utter.api;

import io.utter.error.UtterException.InvalidInput;
import io.vertx.core.http.HttpServerRequest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a request may take: what the operator allows, or less if the caller says so in {@code X-Request-Timeout}. */
final class RequestTimeout {
    static final String HEADER = "X-Request-Timeout";

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|m)?");

    private RequestTimeout() {}

    /** @throws InvalidInput if the caller's is not a time, or none at all */
    static Duration of(HttpServerRequest request, Duration longest) {
        String asked = request.getHeader(HEADER);
        if (asked == null) {
            return longest;
        }
        Duration wanted = parse(asked.strip());
        return wanted.compareTo(longest) < 0 ? wanted : longest;
    }

    private static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid();
        }
        int unitExponent = "ms".equals(form.group(2)) ? 6 : 9; // of nanoseconds
        long nanos = new BigDecimal(form.group(1)).scaleByPowerOfTen(unitExponent).longValue();
        Duration wanted = "m".equals(form.group(2)) ? Duration.ofNanos(nanos).multipliedBy(60) : Duration.ofNanos(nanos);
        if (wanted.isZero()) {
            throw invalid();
        }
        return wanted;
    }

    private static InvalidInput invalid() {
        return new InvalidInput(HEADER, "invalid_timeout",
                HEADER + " must be a positive number of seconds, or with a unit: 20, 2.5, 1500ms, 30s, 2m.");
    }
}
