package io.utter.engine;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

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

    /** The networks are on this device; once for each. */
    default void placed(String model, Placed where) {}

    /** The networks of this model have been given up, to make room; they may be placed again. */
    default void unloaded(String model) {}

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
    record Holdings(int slots, int active, int waiting, int parked, long cacheBytes) {
        Holdings plus(Holdings other) {
            return new Holdings(slots + other.slots, active + other.active, waiting + other.waiting, parked + other.parked,
                    cacheBytes + other.cacheBytes);
        }
    }

    /**
     * Where an engine's networks are.
     *
     * @param device the device's name
     * @param providers what runs each graph, by name
     * @param reservedBytes memory of the device that is taken or kept for the networks; 0 for the processor
     * @param budgetBytes what they may have; 0 for the processor
     * @param usedBytes memory of the device in use now, whoever uses it
     */
    record Placed(String device, Map<String, String> providers, long reservedBytes, long budgetBytes, LongSupplier usedBytes) {}
}
