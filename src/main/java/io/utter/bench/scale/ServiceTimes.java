package io.utter.bench.scale;

/**
 * How fast a pod is.
 *
 * @param coldStart seconds from the wish for a pod until it is ready
 * @param firstAudio seconds from a slot to the first sound
 * @param alone seconds of audio that it makes in a second for one stream
 * @param full the same for as many streams as it has slots, all together
 * @param slots streams that it takes at the same time
 * @param audio seconds of audio that a request asks for
 */
public record ServiceTimes(double coldStart, double firstAudio, double alone, double full, int slots, double audio) {

    /** Seconds of audio in a second for each of so many streams; between what was measured, throughput grows evenly. */
    double perStream(int streams) {
        double all = slots == 1 ? alone : alone + (full - alone) * (streams - 1) / (slots - 1);
        return all / streams;
    }
}
