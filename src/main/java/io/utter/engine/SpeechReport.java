package io.utter.engine;

import java.time.Duration;

/**
 * What one stream took, stage by stage. Durations are wall time spent in the stage, summed over the sentences.
 *
 * @param sentences sentences begun
 * @param phones phones spoken, without those of the reference
 * @param tokens semantic tokens spoken, 25 per second of speech at speed 1
 * @param samples samples published
 * @param sampleRate samples per second
 * @param text text to phones
 * @param queued from the request's arrival to its first turn in the decode loop
 * @param prefill first pass over phones and prompt
 * @param decode all later decode steps, sampling included
 * @param acoustic tokens to samples
 * @param firstAudio from the request's arrival to the first chunk; zero while there is none
 * @param total from the request's arrival to now, or to the end
 * @param redraws sentences drawn anew because their tokens had collapsed before any of it was heard
 * @param cuts sentences cut short because their tokens collapsed while being heard
 * @param stage how far it came
 */
public record SpeechReport(
        int sentences,
        int phones,
        int tokens,
        long samples,
        int sampleRate,
        Duration text,
        Duration queued,
        Duration prefill,
        Duration decode,
        Duration acoustic,
        Duration firstAudio,
        Duration total,
        int redraws,
        int cuts,
        Stage stage) {

    /** How far a stream has come. */
    public enum Stage {
        /** Waits for a slot. */
        QUEUED,
        /** Has one; nothing is to be heard yet. */
        PREPARING,
        /** There is audio. */
        STREAMING
    }

    /** Length of the published audio. */
    public Duration audio() {
        return Duration.ofNanos(Math.round(samples * 1e9 / sampleRate));
    }

    /** Time to make the audio over its length; below 1 is faster than it plays. NaN while there is no audio. */
    public double realTimeFactor() {
        return samples == 0 ? Double.NaN : total.toNanos() / (samples * 1e9 / sampleRate);
    }
}
