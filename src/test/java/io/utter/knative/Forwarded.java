package io.utter.knative;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code Forwarded} header (RFC 7239) that queue-proxy makes of a request's {@code X-Forwarded-*} if it has none. */
final class Forwarded {
    private Forwarded() {}

    /** The first hop carries host and protocol. Empty if there is nothing to make it of. */
    static Optional<String> of(Head request) {
        String[] hops = request.get("X-Forwarded-For").map(value -> value.split(",")).orElse(new String[0]);
        Stream<String> first = Stream.of(
                Arrays.stream(hops).limit(1).map(Forwarded::hop),
                request.get("X-Forwarded-Host").map(host -> "host=" + host).stream(),
                request.get("X-Forwarded-Proto").map(proto -> "proto=" + proto).stream()).flatMap(part -> part);
        Stream<String> others = Arrays.stream(hops).skip(1).map(Forwarded::hop);
        String value = Stream.concat(Stream.of(first.collect(Collectors.joining(";"))), others).collect(Collectors.joining(", "));
        return value.isEmpty() || request.get("Forwarded").isPresent() ? Optional.empty() : Optional.of(value);
    }

    private static String hop(String address) {
        String bare = address.strip();
        return "for=" + (bare.contains(":") ? "\"[" + bare + "]\"" : bare);
    }
}
