package io.utter.api;

import io.quarkus.runtime.Startup;
import io.utter.config.UtterConfig;
import io.utter.error.UtterException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Who may call. Keys come from a file that is mounted; only their hashes are kept, and every key is compared with each of them in full, so that
 * the time it takes says nothing.
 */
@Startup // a mistake in the configuration is told at the start
@ApplicationScoped
class ApiKeys {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    /**
     * A caller.
     *
     * @param name for the log and for quotas
     * @param requests how many may be there at the same time; empty for the bound of all
     */
    record Caller(String name, OptionalInt requests) {}

    private record Key(byte[] hash, Caller caller) {}

    private final Optional<List<Key>> keys;

    /** @throws IllegalArgumentException naming the line of the file that is wrong */
    ApiKeys(UtterConfig config) {
        this.keys = config.keysFile().map(ApiKeys::read);
    }

    private static List<Key> read(Path file) {
        List<Key> keys = new ArrayList<>();
        try {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    keys.add(key(line, i + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("utter.keys-file cannot be read: " + file, e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("utter.keys-file holds no key: " + file);
        }
        return keys;
    }

    private static Key key(String line, int number) {
        String[] parts = line.split("\\s+");
        boolean right = (parts.length == 2 || parts.length == 3 && parts[2].matches("[1-9]\\d{0,5}")) && parts[1].length() >= SHORTEST;
        if (!right) {
            throw new IllegalArgumentException("line " + number + " of utter.keys-file is not: name, key of at least " + SHORTEST
                    + " characters, and perhaps a number of requests");
        }
        return new Key(hash(parts[1]), new Caller(parts[0], parts.length == 3 ? OptionalInt.of(Integer.parseInt(parts[2])) : OptionalInt.empty()));
    }

    /**
     * Who calls; empty where nobody needs a key.
     *
     * @throws UtterException.Unauthorized if a key is needed and there is none, or another
     */
    Optional<Caller> caller(HttpServerRequest request) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new UtterException.Unauthorized("missing_api_key", "An API key is needed: send it as Authorization: Bearer KEY.");
        }
        byte[] hash = hash(header.substring(SCHEME.length()).strip());
        Caller caller = null;
        for (Key key : keys.get()) {
            if (MessageDigest.isEqual(key.hash, hash)) {
                caller = key.caller;
            }
        }
        if (caller == null) {
            throw new UtterException.Unauthorized("invalid_api_key", "There is no such API key.");
        }
        return Optional.of(caller);
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
