package io.utter.api;

import io.utter.engine.SpeechReport;
import io.vertx.core.http.HttpServerResponse;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * What is told of a stream besides its audio: in headers what is known when the first chunk is there, in trailers the rest, and that it
 * is whole. Times are in milliseconds.
 */
final class Timings {
    private static final String QUEUE = "X-Queue-Time";
    private static final String TEXT = "X-Text-Time";
    private static final String FIRST_AUDIO = "X-Time-To-First-Audio";
    private static final String COMPLETE = "X-Audio-Complete";
    private static final String SAMPLES = "X-Audio-Samples";
    private static final String DECODE = "X-Decode-Time";
    private static final String ACOUSTIC = "X-Acoustic-Time";
    private static final String REAL_TIME_FACTOR = "X-Real-Time-Factor";

    /** The trailers, as the {@code Trailer} header announces them. */
    static final String TRAILERS = String.join(", ", COMPLETE, SAMPLES, DECODE, ACOUSTIC, REAL_TIME_FACTOR);

    private Timings() {}

    static void putHeaders(SpeechReport report, HttpServerResponse response) {
        response.putHeader(QUEUE, millis(report.queued()))
                .putHeader(TEXT, millis(report.text()))
                .putHeader(FIRST_AUDIO, millis(report.firstAudio()));
    }

    /**
     * Puts what is known at the end.
     *
     * @param rate samples per second of what was sent
     * @param where takes a name and a value: a trailer, or a header of an answer that is sent when it is whole
     */
    static void putEnd(SpeechReport report, int rate, BiConsumer<String, String> where) {
        where.accept(COMPLETE, "true");
        where.accept(SAMPLES, Long.toString(Math.ceilDiv(report.samples() * rate, report.sampleRate())));
        where.accept(DECODE, millis(report.decode()));
        where.accept(ACOUSTIC, millis(report.acoustic()));
        where.accept(REAL_TIME_FACTOR, String.format(Locale.ROOT, "%.3f", report.realTimeFactor()));
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
