package io.utter.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A look at a server's {@code /q/metrics}. */
record ServerMetrics(String text) {
    private static final String PATH = "/q/metrics";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int OK = 200;

    /** Streams that run now. */
    static final String STREAMS = "tts_streams_active";

    /** @throws IOException if the server does not answer, or has no metrics */
    static ServerMetrics of(URI server) throws IOException {
        try (HttpStream http = HttpStream.connect(server, 0)) {
            http.get(PATH).patience(PATIENCE).awaitHead();
            if (http.status() != OK) {
                throw new IOException(PATH + " answered " + http.status());
            }
            return new ServerMetrics(http.text());
        }
    }

    /** The sum of all samples of a metric that have a label, written {@code key="value"}; NaN if there are none. */
    double sum(String name, String label) {
        return text.lines().filter(line -> line.startsWith(name) && !line.startsWith("#"))
                .filter(line -> line.startsWith("{", name.length()) || line.startsWith(" ", name.length()))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(Double::sum).orElse(Double.NaN);
    }

    /** As {@link #sum(String, String)}, whatever the labels. */
    double sum(String name) {
        return sum(name, "");
    }
}
