package io.utter.model.ort;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stream on an NVIDIA card. */
final class CudaDevice implements Device {
    private final int card;
    private final MemorySegment stream;
    private long copied;

    /** @param card its number */
    CudaDevice(int card) {
        this.card = card;
        Cudart.setDevice(card);
        this.stream = Cudart.streamCreate();
    }

    @Override
    public DeviceSession open(Path graph, DeviceSessionOptions options) {
        OnnxRuntime.NATIVE.load();
        Cudart.setDevice(card);
        return new NativeSession(graph, options.threads(), session -> provide(session, options), OrtProcess.cuda(card), runOptions(options.runs()));
    }

    @Override
    public DeviceSession openEngine(Path engine, int threads) {
        OnnxRuntime.NATIVE.load();
        Cudart.setDevice(card);
        return new NativeSession(engine, threads, session -> TensorRt.provide(session, TensorRt.loading(card), stream), OrtProcess.cuda(card),
                runOptions(DeviceSessionOptions.Runs.QUEUED));
    }

    /** Runs in the queue need not be waited for: what follows them does so. */
    private static NativeSession.RunEntries runOptions(DeviceSessionOptions.Runs runs) {
        Map<String, String> unsynchronized = Map.of("disable_synchronize_execution_providers", "1");
        return switch (runs) {
            case INDEPENDENT -> NativeSession.RunEntries.NONE;
            case QUEUED -> new NativeSession.RunEntries(unsynchronized, false);
            case CAPTURED -> new NativeSession.RunEntries(unsynchronized, true);
        };
    }

    /** Loads the provider's library, and those that it needs. */
    static void tryProvider(int card) {
        try (Handle session = new Handle(OrtApi.createSessionOptions(), OrtApi::releaseSessionOptions);
                Handle provider = new Handle(OrtApi.createCudaProviderOptions(), OrtApi::releaseCudaProviderOptions)) {
            OrtApi.updateCudaProviderOptions(provider.address(), Map.of("device_id", Integer.toString(card)));
            OrtApi.appendExecutionProviderCuda(session.address(), provider.address());
        }
    }

    private void provide(MemorySegment session, DeviceSessionOptions options) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("device_id", Integer.toString(card));
        entries.put("arena_extend_strategy", "kSameAsRequested"); // the other one doubles
        if (options.arenaBytes() > 0) {
            entries.put("gpu_mem_limit", Long.toString(options.arenaBytes()));
        }
        entries.put("cudnn_conv_algo_search", "HEURISTIC"); // searching takes longer than it gains where extents vary
        entries.put("cudnn_conv1d_pad_to_nc1d", "1"); // faster than [n, c, d, 1]
        entries.put("use_tf32", options.reduced() ? "1" : "0");
        entries.put("enable_skip_layer_norm_strict_mode", "1"); // sums in single precision
        entries.put("enable_cuda_graph", options.runs() == DeviceSessionOptions.Runs.CAPTURED ? "1" : "0");
        try (Handle provider = new Handle(OrtApi.createCudaProviderOptions(), OrtApi::releaseCudaProviderOptions)) {
            OrtApi.updateCudaProviderOptions(provider.address(), entries);
            if (options.runs() != DeviceSessionOptions.Runs.INDEPENDENT) {
                OrtApi.updateCudaProviderOptionsWithValue(provider.address(), "user_compute_stream", stream);
            }
            OrtApi.appendExecutionProviderCuda(session, provider.address());
        }
        OrtApi.addSessionConfigEntry(session, "session.use_device_allocator_for_initializers", "1"); // weights are no part of the arena
    }

    @Override
    public Block allocate(long bytes) {
        Cudart.setDevice(card);
        MemorySegment memory = Cudart.malloc(bytes);
        Cudart.clearAsync(memory, bytes, stream);
        return new Block(memory, () -> {
            await();
            Cudart.free(memory);
        });
    }

    @Override
    public MemorySegment staging(long bytes, Arena arena) {
        Cudart.setDevice(card);
        return Cudart.mallocHost(bytes).reinterpret(arena, Cudart::freeHost).fill((byte) 0);
    }

    @Override
    public void write(MemorySegment from, Block to, long offset) {
        copied += from.byteSize();
        Cudart.memcpyAsync(at(to, offset, from.byteSize()), from, from.byteSize(), stream);
    }

    @Override
    public void read(Block from, long offset, MemorySegment to) {
        copied += to.byteSize();
        Cudart.memcpyAsync(to, at(from, offset, to.byteSize()), to.byteSize(), stream);
    }

    @Override
    public void copy(Box from, Box to, long width, long rows, long planes) {
        if (width > 0) {
            Cudart.memcpy3DAsync(pitched(to, width, rows, planes), pitched(from, width, rows, planes), width, rows, planes, stream);
        }
    }

    private static Cudart.Pitched pitched(Box box, long width, long rows, long planes) {
        long extent = (planes - 1) * box.planePitch() + (rows - 1) * box.rowPitch() + width;
        return new Cudart.Pitched(at(box.block(), box.offset(), extent), box.rowPitch(), box.planePitch() / box.rowPitch());
    }

    @Override
    public void clear(Block block, long offset, long bytes) {
        Cudart.setDevice(card);
        Cudart.clearAsync(at(block, offset, bytes), bytes, stream);
    }

    /** A slice has no address outside of the block. */
    private static MemorySegment at(Block block, long offset, long bytes) {
        return block.memory().asSlice(offset, bytes);
    }

    @Override
    public long copiedBytes() {
        return copied;
    }

    @Override
    public void await() {
        Cudart.streamSynchronize(stream);
    }

    @Override
    public boolean captures() {
        return true;
    }

    @Override
    public void close() {
        await();
        Cudart.streamDestroy(stream);
    }
}
