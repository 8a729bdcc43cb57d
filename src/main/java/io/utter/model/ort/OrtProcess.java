package io.utter.model.ort;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a process has one of, and keeps to its end. */
final class OrtProcess {
    /** The same environment that the official Java API has, if it is in use, too. */
    private static final MemorySegment ENVIRONMENT = OrtApi.createEnv(SessionConfig.LOG_ERRORS, SessionConfig.LOG_NAME);
    private static final MemorySegment CPU = OrtApi.createCpuMemoryInfo();
    private static final MemorySegment ALLOCATOR = OrtApi.getAllocatorWithDefaultOptions();

    private static final Map<Integer, MemorySegment> CARDS = new ConcurrentHashMap<>();

    private OrtProcess() {}

    static MemorySegment environment() {
        return ENVIRONMENT;
    }

    /** Says of memory that it is the processor's. */
    static MemorySegment cpu() {
        return CPU;
    }

    /** Says of memory that it is this card's. */
    static MemorySegment cuda(int card) {
        return CARDS.computeIfAbsent(card, OrtApi::createCudaMemoryInfo);
    }

    /** Gives memory of the processor. */
    static MemorySegment allocator() {
        return ALLOCATOR;
    }
}
