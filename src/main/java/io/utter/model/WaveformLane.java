package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.WaveformModel.Window;
import io.utter.model.ort.Binding;
import io.utter.model.ort.Block;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.ElementType;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A queue of a device with the masked waveform graph. Windows take one of few lengths, and runs one of few numbers of windows, so that each
 * that comes is captured and then replayed: for a new extent, cuDNN looks for a plan for each of a hundred convolutions, which takes far longer than they do.
 */
final class WaveformLane implements AutoCloseable {
    /** A captured run, the memory that it reads and writes, and that in which its values travel. */
    private final class Run implements AutoCloseable {
        private final Arena memory = Arena.ofShared();
        /** How to give back what it has, first to last. */
        private final List<Runnable> parts = new ArrayList<>();
        private final Map<String, Tensor> tensors = new HashMap<>();
        private final WindowExtent extent;
        private final int frames;
        /** Means, logarithms of deviations, noise [windows, latentWidth, frames] each, styles [windows, styleWidth], first, last [windows]. */
        private final MemorySegment sent;
        private final Block inputs;
        /** [windows, wanted * samplesPerFrame] */
        private final MemorySegment received;
        private final Block samples;
        private final Binding binding;

        Run(WindowExtent extent, int id) {
            this.extent = extent;
            this.frames = extent.frames(field);
            Map<String, List<Long>> extents = extent.sent(shape, field);
            long made = (long) extent.windows() * extent.wanted() * samplesPerFrame;
            this.sent = device.staging(extents.values().stream().mapToLong(Run::bytes).sum(), memory);
            this.received = device.staging(made * Float.BYTES, memory);
            this.inputs = kept(device.allocate(sent.byteSize()));
            this.samples = kept(device.allocate(received.byteSize()));
            long offset = 0;
            for (Map.Entry<String, List<Long>> input : extents.entrySet()) {
                long[] lengths = input.getValue().stream().mapToLong(Long::longValue).toArray();
                tensors.put(input.getKey(), kept(session.over(inputs, offset, ElementType.FLOAT, lengths)));
                offset += bytes(input.getValue());
            }
            if (!compiled) {
                crops();
            }
            positions();
            Tensor result = kept(session.over(samples, 0, ElementType.FLOAT, extent.windows(), (long) extent.wanted() * samplesPerFrame));
            this.binding = session.bindCaptured(tensors, Map.of("samples", result), id);
        }

        private Block kept(Block block) {
            parts.add(block::close);
            return block;
        }

        private Tensor kept(Tensor tensor) {
            parts.add(tensor::close);
            return tensor;
        }

        private static long bytes(List<Long> lengths) {
            return lengths.stream().reduce((long) Float.BYTES, (a, b) -> a * b);
        }

        /** The same in every run of this extent. */
        private void crops() {
            List<ReceptiveField.Crop> crops = extent.crops(shape, field);
            for (int i = 0; i < crops.size(); i++) {
                tensors.put("crop." + i + ".start", kept(session.longs(new long[] {crops.get(i).start()}, 1)));
                tensors.put("crop." + i + ".end", kept(session.longs(new long[] {crops.get(i).end()}, 1)));
            }
        }

        /** The same in every run of this extent. */
        private void positions() {
            List<float[]> positions = extent.positions(shape, field);
            for (int i = 0; i < positions.size(); i++) {
                float[] values = positions.get(i);
                MemorySegment staged = device.staging((long) values.length * Float.BYTES, memory);
                MemorySegment.copy(values, 0, staged, ValueLayout.JAVA_FLOAT, 0, values.length);
                Block block = kept(device.allocate(staged.byteSize()));
                device.write(staged, block, 0);
                tensors.put("position." + i, kept(session.over(block, 0, ElementType.FLOAT, values.length)));
            }
            device.await();
        }

        /** Places windows so that the last of their wanted frames is the last of ours. Missing windows have no frames. */
        void send(List<Window> windows, int lastFrame) {
            sent.fill((byte) 0);
            int shift = reach + extent.wanted() - lastFrame; // where a window's frame 0 comes to lie
            for (int i = 0; i < windows.size(); i++) {
                Window window = windows.get(i);
                int length = window.latents().frames();
                place(window.latents().mean(), i, 0, shift, length);
                place(window.latents().logDeviation(), i, 1, shift, length);
                place(window.noise(), i, 2, shift, length);
                long style = 3L * extent.windows() * latentWidth * frames + (long) i * styleWidth;
                MemorySegment.copy(window.style(), 0, sent, ValueLayout.JAVA_FLOAT, style * Float.BYTES, styleWidth);
                long bounds = (long) extent.windows() * (3L * latentWidth * frames + styleWidth);
                sent.setAtIndex(ValueLayout.JAVA_FLOAT, bounds + i, Math.max(0, shift));
                sent.setAtIndex(ValueLayout.JAVA_FLOAT, bounds + extent.windows() + i, Math.min(frames, shift + length));
            }
            device.write(sent, inputs, 0);
        }

        private void place(float[] values, int window, int part, int shift, int length) {
            int first = Math.max(0, -shift);
            int count = Math.min(length, frames - shift) - first;
            for (int channel = 0; channel < latentWidth; channel++) {
                long row = ((long) part * extent.windows() + window) * latentWidth + channel;
                MemorySegment.copy(values, channel * length + first, sent, ValueLayout.JAVA_FLOAT, (row * frames + shift + first) * Float.BYTES, count);
            }
        }

        /** Samples of a window, counted from the first wanted frame. */
        float[] samples(int window, int from, int to) {
            long start = (long) window * extent.wanted() * samplesPerFrame + from;
            return received.asSlice(start * Float.BYTES, (long) (to - from) * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
        }

        void run() {
            binding.run();
            device.read(samples, 0, received);
            device.await();
        }

        @Override
        public void close() {
            binding.close();
            parts.reversed().forEach(Runnable::run);
            memory.close();
        }
    }

    private final Device device;
    private final DeviceSession session;
    /** Whether it is an engine that runs, of which crops are a part. */
    private final boolean compiled;
    private final ReceptiveField field;
    private final Manifest.Acoustic shape;
    private final int reach;
    private final int samplesPerFrame;
    private final int latentWidth;
    private final int styleWidth;
    /** More are made in several runs. */
    private final int mostWindows;
    private final Map<WindowExtent, Run> runs = new HashMap<>();

    WaveformLane(Bundle bundle, Placement placement, ReceptiveField field) {
        this.shape = bundle.manifest().acoustic();
        this.field = field;
        this.reach = field.frames();
        this.samplesPerFrame = shape.samplesPerFrame();
        this.latentWidth = shape.latentWidth();
        this.styleWidth = shape.styleWidth();
        this.mostWindows = placement.room().windows();
        this.device = placement.open();
        try {
            Optional<DeviceSession> engine = placement.engine(bundle, Bundle.MASKED_WAVEFORM, device);
            this.compiled = engine.isPresent();
            this.session = engine.orElseGet(() -> placement.queued(bundle, Bundle.MASKED_WAVEFORM, device));
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
        if (device.captures()) {
            captureAll();
        }
    }

    /** Captures all lengths of one window, which take some tenths of a second each and would hold up those who speak. */
    private void captureAll() {
        try {
            for (int wanted : WindowLengths.all()) {
                Run run = run(new WindowExtent(1, wanted));
                run.send(List.of(), 0);
                run.run();
            }
        } catch (OrtFailure e) {
            close();
            throw new UtterException.Failed("inference_failed", (compiled ? "the engine of graph " : "graph ") + Bundle.MASKED_WAVEFORM + " failed"
                    + (compiled ? ", without it CUDA takes its place (utter engines remove): " : ": ") + e.getMessage(), e);
        }
    }

    private Run run(WindowExtent extent) {
        return runs.computeIfAbsent(extent, e -> new Run(e, runs.size() + 1));
    }

    List<float[]> generate(List<Window> windows, int from, int to) {
        List<float[]> all = new ArrayList<>();
        try {
            for (int i = 0; i < windows.size(); i += mostWindows) {
                all.addAll(inPieces(windows.subList(i, Math.min(windows.size(), i + mostWindows)), from, to));
            }
            return all;
        } catch (OrtFailure e) {
            throw new UtterException.Failed("inference_failed", "graph " + Bundle.MASKED_WAVEFORM + " failed: " + e.getMessage(), e);
        }
    }

    private List<float[]> inPieces(List<Window> windows, int from, int to) {
        int longest = (WindowLengths.LONGEST - 1) * samplesPerFrame; // wherever in a frame it begins
        if (to - from <= longest) {
            return inOnePiece(windows, from, to);
        }
        List<float[]> whole = windows.stream().map(window -> new float[to - from]).toList();
        for (int start = from; start < to; start += longest) {
            List<float[]> pieces = inOnePiece(windows, start, Math.min(to, start + longest));
            for (int i = 0; i < pieces.size(); i++) {
                System.arraycopy(pieces.get(i), 0, whole.get(i), start - from, pieces.get(i).length);
            }
        }
        return whole;
    }

    private List<float[]> inOnePiece(List<Window> windows, int from, int to) {
        int firstFrame = from / samplesPerFrame;
        int lastFrame = Math.ceilDiv(to, samplesPerFrame);
        Run run = run(new WindowExtent(WindowLengths.windows(windows.size()), WindowLengths.fitting(lastFrame - firstFrame)));
        run.send(windows, lastFrame);
        run.run();
        int origin = lastFrame - run.extent.wanted(); // in frames of the windows
        return IntStream.range(0, windows.size())
                .mapToObj(i -> run.samples(i, from - origin * samplesPerFrame, to - origin * samplesPerFrame)).toList();
    }

    @Override
    public void close() {
        device.await();
        runs.values().forEach(Run::close);
        session.close();
        device.close();
    }
}
