package io.utter.model.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * What computes, the memory that it computes in, and a queue of work for it (on CUDA: a stream): runs of its sessions and copies are done in
 * the order in which they are asked for, and not all of them at once: only {@link #await} waits. The processor is one, too, for which nothing
 * waits; so whoever runs networks on a device can be tried where there is none.
 *
 * <p>Belongs to one thread at a time. All methods throw {@link OrtFailure} where the runtime or the device does.
 */
public sealed interface Device extends AutoCloseable permits HostDevice, CudaDevice {

    /** The processor. */
    static Device host() {
        return new HostDevice();
    }

    /** A new queue on a card. */
    static Device cuda(int card) {
        return new CudaDevice(card);
    }

    /**
     * Loads a graph to be run here.
     *
     * @throws OrtFailure if the file is missing, no graph, or one that cannot be run here
     */
    DeviceSession open(Path graph, DeviceSessionOptions options);

    /**
     * Loads a TensorRT engine. Runs are queued, and never captured.
     *
     * @param threads of the processor that one run may use
     * @throws OrtFailure if it is no engine, or one that cannot be run here: on a processor none can
     */
    DeviceSession openEngine(Path engine, int threads);

    /** Memory of its own, filled with zeros. */
    Block allocate(long bytes);

    /** Memory of the processor from and to which copies are fast, for as long as the arena is; filled with zeros. */
    MemorySegment staging(long bytes, Arena arena);

    /** Copies from the processor's memory, all of it. It must not change before {@link #await}. */
    void write(MemorySegment from, Block to, long offset);

    /** Copies into the processor's memory, all of it. It is there after {@link #await}. */
    void read(Block from, long offset, MemorySegment to);

    /**
     * Copies a box of bytes: planes of rows.
     *
     * @param width bytes of a row
     * @param rows rows of a plane
     * @param planes planes
     */
    void copy(Box from, Box to, long width, long rows, long planes);

    /**
     * Where a box begins, and how it lies.
     *
     * @param rowPitch bytes from the start of one row to that of the next
     * @param planePitch bytes from the start of one plane to that of the next, a multiple of {@code rowPitch}
     */
    record Box(Block block, long offset, long rowPitch, long planePitch) {}

    /** Sets to zero. */
    void clear(Block block, long offset, long bytes);

    /** Bytes that have been copied from and to the processor's memory so far. */
    long copiedBytes();

    /** Waits until all that was asked for is done. */
    void await();

    /** Whether runs can be captured once and replayed. */
    boolean captures();

    /** Ends the queue. What was opened and allocated must be closed before. */
    @Override
    void close();
}
