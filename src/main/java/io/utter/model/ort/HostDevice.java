package io.utter.model.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The processor and its memory. Everything is done at once. */
final class HostDevice implements Device {
    private static final long ALIGNMENT = 64;

    @Override
    public DeviceSession open(Path graph, DeviceSessionOptions options) {
        OnnxRuntime.NATIVE.load();
        return new NativeSession(graph, options.threads(), address -> {}, OrtProcess.cpu(), NativeSession.RunEntries.NONE);
    }

    @Override
    public Block allocate(long bytes) {
        Arena arena = Arena.ofShared();
        return new Block(arena.allocate(bytes, ALIGNMENT), arena::close);
    }

    @Override
    public MemorySegment staging(long bytes, Arena arena) {
        return arena.allocate(bytes, ALIGNMENT);
    }

    @Override
    public void write(MemorySegment from, Block to, long offset) {
        MemorySegment.copy(from, 0, to.memory(), offset, from.byteSize());
    }

    @Override
    public void read(Block from, long offset, MemorySegment to) {
        MemorySegment.copy(from.memory(), offset, to, 0, to.byteSize());
    }

    @Override
    public void copy(Block from, long fromOffset, long fromPitch, Block to, long toOffset, long toPitch, long width, long count) {
        for (long i = 0; i < count; i++) {
            MemorySegment.copy(from.memory(), fromOffset + i * fromPitch, to.memory(), toOffset + i * toPitch, width);
        }
    }

    @Override
    public void clear(Block block, long offset, long bytes) {
        block.memory().asSlice(offset, bytes).fill((byte) 0);
    }

    @Override
    public void await() {}

    @Override
    public boolean captures() {
        return false;
    }

    @Override
    public void close() {}
}
