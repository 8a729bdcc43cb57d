package io.utter.engine;

import java.time.Duration;

/**
 * How an engine uses its machine.
 *
 * @param threads threads that the transformer may use
 * @param acousticThreads threads that one run of the acoustic networks may use
 * @param renderers such runs at the same time
 * @param slots streams that are decoded at the same time, in one batch; others wait in order of arrival
 * @param overlap whether tokens are decoded while others become audio; on few cores the two only slow each other down
 * @param chunksAhead chunks that may wait for a listener before its stream pauses
 * @param acousticBatch most chunks that become audio in one run
 * @param stallTimeout a listener that takes nothing for so long, while there is something to take, is let go
 */
public record EngineSettings(int threads, int acousticThreads, int renderers, int slots, boolean overlap, int chunksAhead, int acousticBatch, Duration stallTimeout) {
    public EngineSettings {
        if (threads < 1 || acousticThreads < 1 || renderers < 1 || slots < 1 || chunksAhead < 1 || acousticBatch < 1) {
            throw new IllegalArgumentException("threads, renderers, slots, chunksAhead and acousticBatch are at least 1");
        }
        if (!stallTimeout.isPositive()) {
            throw new IllegalArgumentException("stallTimeout is positive");
        }
    }
}
