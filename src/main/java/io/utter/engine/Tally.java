package io.utter.engine;

import java.time.Duration;

/** What a stream takes, added up while it runs. Safe for use by many threads. */
final class Tally {
    private final long arrival;
    private final int sampleRate;
    private int sentences;
    private int phones;
    private int tokens;
    private long samples;
    private Duration text;
    private Duration queued = Duration.ZERO;
    private Duration prefill = Duration.ZERO;
    private Duration decode = Duration.ZERO;
    private Duration acoustic = Duration.ZERO;
    private Duration firstAudio = Duration.ZERO;
    private Duration total;
    private int redraws;
    private int cuts;
    private SpeechReport.Stage stage = SpeechReport.Stage.QUEUED;

    /** @param text time that the text has taken before the stream was opened: the request arrived that much earlier */
    Tally(int sampleRate, Duration text) {
        this.sampleRate = sampleRate;
        this.text = text;
        this.arrival = System.nanoTime() - text.toNanos();
    }

    private Duration sinceArrival() {
        return Duration.ofNanos(System.nanoTime() - arrival);
    }

    synchronized void text(Duration time) {
        text = text.plus(time);
    }

    synchronized void admitted() {
        queued = sinceArrival();
        stage = SpeechReport.Stage.PREPARING;
    }

    synchronized void sentence(int phones) {
        sentences++;
        this.phones += phones;
    }

    synchronized void prefilled(Duration time) {
        prefill = prefill.plus(time);
    }

    synchronized void stepped(Duration time) {
        decode = decode.plus(time);
    }

    synchronized void tokens(int spoken) {
        tokens += spoken;
    }

    /** The stream's share of a run. */
    synchronized void rendering(Duration time) {
        acoustic = acoustic.plus(time);
    }

    synchronized void rendered(int samples) {
        if (this.samples == 0 && samples > 0) {
            firstAudio = sinceArrival();
            stage = SpeechReport.Stage.STREAMING;
        }
        this.samples += samples;
    }

    synchronized void redrawn() {
        redraws++;
    }

    synchronized void cut() {
        cuts++;
    }

    synchronized void ended() {
        if (total == null) {
            total = sinceArrival();
        }
    }

    synchronized SpeechReport report() {
        return new SpeechReport(sentences, phones, tokens, samples, sampleRate, text, queued, prefill, decode, acoustic, firstAudio,
                total == null ? sinceArrival() : total, redraws, cuts, stage);
    }
}
