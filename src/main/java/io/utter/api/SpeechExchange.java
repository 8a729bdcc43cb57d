package io.utter.api;

import io.utter.admission.Permit;
import io.utter.engine.Deadline;
import io.utter.engine.SpeechReport;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.utter.metrics.Outcome;
import io.utter.metrics.SpeechMetrics;
import io.utter.speech.SpeechRequest;
import org.jboss.logging.Logger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One speech request from its arrival to its end, which happens once, whoever tells of it: then its permit is given back, it is counted,
 * and told in one line of the log; the text never is.
 */
final class SpeechExchange {
    private static final Logger LOG = Logger.getLogger("io.utter.request");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int HASH_BYTES = 6;

    private final String id;
    private final SpeechMetrics metrics;
    private final long arrived = System.nanoTime();
    private volatile Duration timeout;
    private volatile Deadline deadline;
    private volatile Permit permit;
    private volatile Speaking.Asked asked;
    private SpeechStream stream; // this and the next: guarded by this, since a request may end at any time, also while its stream begins
    private boolean ended;

    SpeechExchange(String id, SpeechMetrics metrics) {
        this.id = id;
        this.metrics = metrics;
    }

    /** From now on the permit is this exchange's to give back. */
    void entered(Permit given, Duration within) {
        permit = given;
        timeout = within;
        deadline = Deadline.in(within);
    }

    Deadline deadline() {
        return deadline;
    }

    /**
     * Goes on with a text of this many characters.
     *
     * @throws UtterException.Unavailable if the queue has become too long
     */
    void queue(int characters) {
        permit.queue(characters, deadline.remaining());
        metrics.admitted();
    }

    void asked(Speaking.Asked what) {
        asked = what;
    }

    synchronized void began(SpeechStream begun) {
        if (!ended) {
            stream = begun;
            metrics.streamBegan();
        }
    }

    void complete() {
        end(Outcome.COMPLETE, Optional.empty());
    }

    void cancelled() {
        end(Outcome.CANCELLED, Optional.empty());
    }

    void failed(Throwable failure) {
        end(Outcome.of(failure), Optional.of(failure));
    }

    private void end(Outcome outcome, Optional<Throwable> failure) {
        SpeechStream begun;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            begun = stream;
        }
        giveBackPermit(outcome);
        Duration total = Duration.ofNanos(System.nanoTime() - arrived);
        metrics.requestEnded(outcome, total);
        String stages = "";
        if (begun != null) {
            SpeechReport report = begun.report();
            metrics.streamEnded(report, outcome);
            stages = stages(begun.seed(), report);
        } else {
            failure.ifPresent(reason -> metrics.rejected(reason instanceof UtterException e ? e.code() : "internal_error"));
        }
        LOG.infof("speech id=%s outcome=%s%s%s total_ms=%d%s", id, outcome.label(), failure.map(SpeechExchange::error).orElse(""),
                question(), total.toMillis(), stages);
    }

    private void giveBackPermit(Outcome outcome) {
        if (permit == null) {
            return;
        }
        if (outcome == Outcome.COMPLETE) {
            permit.finished();
        } else {
            permit.close();
        }
    }

    private static String error(Throwable failure) {
        return " error=" + (failure instanceof UtterException e ? e.code() : failure.getClass().getSimpleName());
    }

    private String question() {
        if (asked == null) {
            return "";
        }
        SpeechRequest request = asked.request();
        return " model=%s voice=%s format=%s chars=%d text=%s timeout_ms=%d".formatted(loggable(request.model()), loggable(request.voice()),
                asked.delivery().format(), request.characters(), hash(request.input()), timeout.toMillis());
    }

    private static String stages(long seed, SpeechReport report) {
        return (" stage=%s seed=%d audio_ms=%d first_audio_ms=%d text_ms=%d queued_ms=%d prefill_ms=%d decode_ms=%d acoustic_ms=%d"
                + " sentences=%d phones=%d tokens=%d redraws=%d cuts=%d").formatted(report.stage().name().toLowerCase(Locale.ROOT),
                        seed, report.audio().toMillis(),
                        report.firstAudio().toMillis(), report.text().toMillis(), report.queued().toMillis(), report.prefill().toMillis(),
                        report.decode().toMillis(), report.acoustic().toMillis(), report.sentences(), report.phones(), report.tokens(),
                        report.redraws(), report.cuts());
    }

    // What a caller made up must not write lines of its own.
    static String loggable(String id) {
        return LOGGABLE.matcher(id).matches() ? id : "?";
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
