package io.utter.fake;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * How the next stream of a {@link FakeSpeechService} behaves.
 *
 * @param chunks chunks until it ends
 * @param samplesPerChunk samples in each
 * @param failure what it fails with after its chunks, instead of ending
 * @param gate what it waits for before its first chunk
 */
public record Script(int chunks, int samplesPerChunk, Optional<RuntimeException> failure, CountDownLatch gate) {
    private static final int ENDLESS = Integer.MAX_VALUE;

    public static Script ofChunks(int chunks) {
        return new Script(chunks, 1000, Optional.empty(), new CountDownLatch(0));
    }

    public static Script endless() {
        return ofChunks(ENDLESS);
    }

    public Script withChunksOf(int samples) {
        return new Script(chunks, samples, failure, gate);
    }

    public Script thenFailing(RuntimeException with) {
        return new Script(chunks, samplesPerChunk, Optional.of(with), gate);
    }

    public Script behind(CountDownLatch newGate) {
        return new Script(chunks, samplesPerChunk, failure, newGate);
    }
}
