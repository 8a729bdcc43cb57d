package io.utter.engine;

import java.time.Duration;

/**
 * How an engine uses its machine.
 *
 * @param threads threads that one network may use
 * @param slots streams that are decoded at the same time, in one batch; others wait in order of arrival
 * @param overlap whether tokens are decoded while others become audio; on few cores the two only slow each other down
 * @param chunksAhead chunks that may wait for a listener before its stream pauses
 * @param acousticBatch most chunks that become audio in one run
 * @param stallTimeout a listener that takes nothing for so long, while there is something to take, is let go
 */
public record EngineSettings(int threads, int slots, boolean overlap, int chunksAhead, int acousticBatch, Duration stallTimeout) {
    public EngineSettings {
        if (threads < 1 || slots < 1 || chunksAhead < 1 || acousticBatch < 1) {
            throw new IllegalArgumentException("threads, slots, chunksAhead and acousticBatch are at least 1");
        }
        if (!stallTimeout.isPositive()) {
            throw new IllegalArgumentException("stallTimeout is positive");
        }
    }
}
