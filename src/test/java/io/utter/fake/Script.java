package io.utter.fake;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * How the next stream of a {@link FakeSpeechService} behaves.
 *
 * @param chunks chunks until it ends
 * @param samplesPerChunk samples in each
 * @param failure what it fails with after its chunks, instead of ending
 * @param gatedChunk number of the chunk, from 0, before which it waits
 * @param gate what it then waits for
 */
public record Script(int chunks, int samplesPerChunk, Optional<RuntimeException> failure, int gatedChunk, CountDownLatch gate) {
    private static final int ENDLESS = Integer.MAX_VALUE;

    public static Script ofChunks(int chunks) {
        return new Script(chunks, 1000, Optional.empty(), 0, new CountDownLatch(0));
    }

    public static Script endless() {
        return ofChunks(ENDLESS);
    }

    public Script withChunksOf(int samples) {
        return new Script(chunks, samples, failure, gatedChunk, gate);
    }

    public Script thenFailing(RuntimeException with) {
        return new Script(chunks, samplesPerChunk, Optional.of(with), gatedChunk, gate);
    }

    /** Waits before its first chunk. */
    public Script behind(CountDownLatch newGate) {
        return pausingAfter(0, newGate);
    }

    public Script pausingAfter(int heard, CountDownLatch newGate) {
        return new Script(chunks, samplesPerChunk, failure, heard, newGate);
    }
}
