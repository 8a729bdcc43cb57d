package io.utter.engine;

import java.time.Duration;

/**
 * Is told what an engine does, on the engine's own threads: it must return at once and not throw. {@code model} is the bundle's id.
 */
public interface EngineMonitor {
    /** Looks away. */
    EngineMonitor NONE = new EngineMonitor() {};

    /** A step of the decode loop: one token for each of {@code batch} streams. Sampling is included. */
    default void stepped(String model, int batch, Duration took) {}

    /** The first pass over one sentence. */
    default void prefilled(String model, int rows, Duration took) {}

    /** One run of the acoustic stage over chunks of {@code batch} streams. */
    default void rendered(String model, int batch, Duration took) {}

    /** Changes of what the engine holds. */
    default void holds(String model, Holdings now) {}

    /** A network failed in a way that spoils its session; {@code recovered} tells whether a new one took its place. */
    default void broke(String model, boolean recovered) {}

    /**
     * What an engine holds.
     *
     * @param slots how many streams it can decode at the same time
     * @param active streams that have a slot
     * @param waiting streams in the queue
     * @param parked active streams that pause because their listener is slow
     * @param cacheBytes memory of key and value caches
     */
    record Holdings(int slots, int active, int waiting, int parked, long cacheBytes) {}
}
