package io.utter.model.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The processor and its memory. Everything is done at once. */
final class HostDevice implements Device {
    private static final long ALIGNMENT = 64;

    private long copied;

    @Override
    public DeviceSession open(Path graph, DeviceSessionOptions options) {
        OnnxRuntime.NATIVE.load();
        return new NativeSession(graph, options.threads(), address -> {}, OrtProcess.cpu(), NativeSession.RunEntries.NONE);
    }

    @Override
    public DeviceSession openEngine(Path engine, int threads) {
        throw new OrtFailure("engines run on cards");
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
        copied += from.byteSize();
        MemorySegment.copy(from, 0, to.memory(), offset, from.byteSize());
    }

    @Override
    public void read(Block from, long offset, MemorySegment to) {
        copied += to.byteSize();
        MemorySegment.copy(from.memory(), offset, to, 0, to.byteSize());
    }

    @Override
    public void copy(Box from, Box to, long width, long rows, long planes) {
        for (long plane = 0; plane < planes; plane++) {
            for (long row = 0; row < rows; row++) {
                MemorySegment.copy(from.block().memory(), from.offset() + plane * from.planePitch() + row * from.rowPitch(),
                        to.block().memory(), to.offset() + plane * to.planePitch() + row * to.rowPitch(), width);
            }
        }
    }

    @Override
    public void clear(Block block, long offset, long bytes) {
        block.memory().asSlice(offset, bytes).fill((byte) 0);
    }

    @Override
    public long copiedBytes() {
        return copied;
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
