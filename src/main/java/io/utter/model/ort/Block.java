package io.utter.model.ort;

import java.lang.foreign.MemorySegment;

/** Memory of a {@link Device}, until it is closed, once. Only the processor's may be looked into from here. */
public final class Block implements AutoCloseable {
    private final MemorySegment memory;
    private final Runnable release;

    Block(MemorySegment memory, Runnable release) {
        this.memory = memory;
        this.release = release;
    }

    /** Its address and extent. */
    MemorySegment memory() {
        return memory;
    }

    public long bytes() {
        return memory.byteSize();
    }

    @Override
    public void close() {
        release.run();
    }
}
