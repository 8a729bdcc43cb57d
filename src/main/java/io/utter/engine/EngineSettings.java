package io.utter.engine;

/**
 * How an engine uses its machine.
 *
 * @param threads threads that one network may use
 * @param slots streams that are decoded at the same time; others wait in order of arrival
 * @param overlap whether tokens are decoded while others become audio; on few cores the two only slow each other down
 * @param chunksAhead chunks that may wait for a listener before its stream pauses
 */
public record EngineSettings(int threads, int slots, boolean overlap, int chunksAhead) {
    public EngineSettings {
        if (threads < 1 || slots < 1 || chunksAhead < 1) {
            throw new IllegalArgumentException("threads, slots and chunksAhead are at least 1");
        }
    }
}
