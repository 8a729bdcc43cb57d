package io.utter.bench.load;

import io.utter.audio.Pcm16;
import io.utter.bench.load.Heard.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Asks one server for speech and listens. */
final class SpeechClient {
    private static final Set<Integer> REFUSALS = Set.of(429, 503, 504);
    private static final int READ_BYTES = 1 << 14;
    private static final int DEFAULT_RATE = 32_000;
    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;

    private final URI server;

    SpeechClient(URI server) {
        this.server = server;
    }

    /** @param audio where the samples go, 16-bit little-endian */
    Heard hear(SpeechAsk ask, Manners manners, OutputStream audio) throws InterruptedException {
        return hear(ask.json(), manners, audio);
    }

    /** As {@link #hear(SpeechAsk, Manners, OutputStream)}, with a body that may be anything. */
    Heard hear(byte[] body, Manners manners, OutputStream audio) throws InterruptedException {
        long sentAt = System.nanoTime();
        long leavesAt = sentAt + manners.patience().toNanos();
        Hearing hearing = new Hearing(sentAt);
        try (HttpStream http = HttpStream.connect(server, manners.receiveBuffer())) {
            try {
                http.post(SpeechAsk.PATH, body).patience(until(leavesAt)).awaitHead();
                hearing.status = http.status();
                if (http.status() != OK) {
                    return hearing.refused(http);
                }
                return listen(http, hearing, leavesAt, manners, audio);
            } catch (SocketTimeoutException e) {
                return leave(http, hearing, manners);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(); // which closes the socket under a virtual thread that reads
            }
            return hearing.ended(hearing.status == OK ? Outcome.BROKEN : Outcome.FAILED);
        }
    }

    private static Heard listen(HttpStream http, Hearing hearing, long leavesAt, Manners manners, OutputStream audio)
            throws IOException, InterruptedException {
        int rate = http.header("x-sample-rate").map(Integer::parseInt).orElse(DEFAULT_RATE);
        hearing.playout = new Playout(rate * Pcm16.BYTES_PER_SAMPLE);
        byte[] buffer = new byte[manners.receiveBuffer() > 0 ? manners.receiveBuffer() : READ_BYTES];
        for (int count = http.read(buffer); count >= 0; count = http.read(buffer)) {
            hearing.playout.received(System.nanoTime(), count);
            audio.write(buffer, 0, count);
            if (hearing.playout.bytes() > manners.mostBytes()) {
                return leave(http, hearing, manners);
            }
            if (manners.pause().isPositive()) {
                Thread.sleep(manners.pause());
            }
            http.patience(until(leavesAt));
        }
        return hearing.ended(isWhole(http.trailers(), hearing.playout) ? Outcome.COMPLETE : Outcome.BROKEN);
    }

    private static boolean isWhole(Map<String, String> trailers, Playout playout) {
        String samples = trailers.get("x-audio-samples");
        return "true".equals(trailers.get("x-audio-complete"))
                && (samples == null || samples.equals(String.valueOf(playout.bytes() / Pcm16.BYTES_PER_SAMPLE)));
    }

    private static Heard leave(HttpStream http, Hearing hearing, Manners manners) throws IOException {
        if (manners.resets()) {
            http.reset();
        }
        return hearing.ended(Outcome.LEFT);
    }

    private static Duration until(long instant) {
        return Duration.ofNanos(instant - System.nanoTime());
    }

    /** A {@link Heard} that is not over. */
    private static final class Hearing {
        private final long sentAt;
        private int status;
        private Playout playout = new Playout(DEFAULT_RATE * Pcm16.BYTES_PER_SAMPLE);
        private Duration retryAfter = Duration.ZERO;

        private Hearing(long sentAt) {
            this.sentAt = sentAt;
        }

        private Heard refused(HttpStream http) {
            retryAfter = http.header("retry-after").filter(value -> value.matches("\\d{1,6}"))
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))).orElse(Duration.ZERO);
            return ended(REFUSALS.contains(status) ? Outcome.REFUSED : status < SERVER_ERROR ? Outcome.BLAMED : Outcome.FAILED);
        }

        private Heard ended(Outcome outcome) {
            return new Heard(outcome, status, sentAt, System.nanoTime(), playout, retryAfter);
        }
    }
}
