package io.utter.model.ort;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** The address of something that the runtime has made, until it is released, once. Safe for use by many threads. */
final class Handle implements AutoCloseable {
    private final Consumer<MemorySegment> release;
    private volatile MemorySegment address;

    Handle(MemorySegment address, Consumer<MemorySegment> release) {
        this.address = address;
        this.release = release;
    }

    /** @throws IllegalStateException if it is closed */
    MemorySegment address() {
        MemorySegment current = address;
        if (current == MemorySegment.NULL) {
            throw new IllegalStateException("closed");
        }
        return current;
    }

    @Override
    public synchronized void close() {
        MemorySegment current = address;
        if (current != MemorySegment.NULL) {
            address = MemorySegment.NULL;
            release.accept(current);
        }
    }
}
