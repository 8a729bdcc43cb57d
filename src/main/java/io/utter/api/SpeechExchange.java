package io.utter.api;

import io.utter.admission.Permit;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * One speech request from its arrival to its end, which happens once, whoever tells of it: then its permit is given back, it is counted, and
 * told in one line of the log; the text never is.
 */
final class SpeechExchange {
    private static final Logger LOG = Logger.getLogger("io.utter.request");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int HASH_BYTES = 6;

    private final String id;
    private final SpeechMetrics metrics;
    private final long arrived = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Duration timeout;
    private volatile Permit permit;
    private volatile SpeechBody asked;
    private volatile SpeechStream stream;

    SpeechExchange(String id, SpeechMetrics metrics) {
        this.id = id;
        this.metrics = metrics;
    }

    /** From now on the permit is this exchange's to give back. */
    void entered(Permit given, Duration within) {
        permit = given;
        timeout = within;
    }

    void asked(SpeechBody body) {
        asked = body;
    }

    void began(SpeechStream begun) {
        stream = begun;
        metrics.streamBegan();
    }

    void complete() {
        end(Outcome.COMPLETE, "");
    }

    void cancelled() {
        end(Outcome.CANCELLED, "");
    }

    void failed(Throwable failure) {
        String code = failure instanceof UtterException e ? e.code() : failure.getClass().getSimpleName();
        if (end(Outcome.of(failure), " error=" + code) && stream == null) {
            metrics.rejected(failure instanceof UtterException ? code : "internal_error");
        }
    }

    private boolean end(Outcome outcome, String error) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        giveBackPermit(outcome);
        Duration total = Duration.ofNanos(System.nanoTime() - arrived);
        metrics.requestEnded(outcome, total);
        String stages = "";
        if (stream != null) {
            SpeechReport report = stream.report();
            metrics.streamEnded(report, outcome);
            stages = stages(report);
        }
        LOG.infof("speech id=%s outcome=%s%s%s total_ms=%d%s", id, outcome.label(), error, question(), total.toMillis(), stages);
        return true;
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

    private String question() {
        if (asked == null) {
            return "";
        }
        SpeechRequest request = asked.request();
        return " model=%s voice=%s format=%s chars=%d text=%s timeout_ms=%d".formatted(loggable(request.model()), loggable(request.voice()),
                asked.format().id(), request.characters(), hash(request.input()), timeout.toMillis());
    }

    private String stages(SpeechReport report) {
        return (" stage=%s seed=%d audio_ms=%d first_audio_ms=%d text_ms=%d queued_ms=%d prefill_ms=%d decode_ms=%d acoustic_ms=%d"
                + " sentences=%d phones=%d tokens=%d redraws=%d cuts=%d").formatted(report.stage().name().toLowerCase(Locale.ROOT),
                        stream.seed(), report.audio().toMillis(),
                        report.firstAudio().toMillis(), report.text().toMillis(), report.queued().toMillis(), report.prefill().toMillis(),
                        report.decode().toMillis(), report.acoustic().toMillis(), report.sentences(), report.phones(), report.tokens(),
                        report.redraws(), report.cuts());
    }

    // What a caller made up must not write lines of its own.
    private static String loggable(String id) {
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
