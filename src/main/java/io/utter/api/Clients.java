package io.utter.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import java.util.Optional;

/** Tells clients apart: by a header that the operator trusts, or else by the address they connect from. */
final class Clients {
    private final Optional<String> header;

    /** @param header its name; one that is a list, as {@code X-Forwarded-For} is, names the client first */
    Clients(Optional<String> header) {
        this.header = header;
    }

    String of(HttpServerRequest request) {
        return header.map(request::getHeader).map(Clients::first).filter(client -> !client.isEmpty()).orElseGet(() -> address(request));
    }

    private static String first(String entries) {
        int comma = entries.indexOf(',');
        return (comma < 0 ? entries : entries.substring(0, comma)).strip();
    }

    private static String address(HttpServerRequest request) {
        SocketAddress from = request.connection().remoteAddress();
        String host = from == null ? null : from.hostAddress();
        return host == null ? "" : host; // without: a Unix socket, which is one client
    }
}
