package io.utter.bench;

import io.utter.engine.EngineSettings;
import io.utter.importer.AttentionGraphs;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.FrameSelection;
import io.utter.model.GraphTrial;
import io.utter.model.Manifest;
import io.utter.model.MemoryPlan;
import io.utter.model.Placement;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What a device takes for each stage, by how much there is to do at once. */
public final class StageBenchmark {
    private static final int[] BATCHES = {1, 4, 16, 32, 64};
    private static final int[] CACHES = {300, 1000};
    private static final int STEPS = 40;
    private static final int WARM_UP = 5;
    private static final int PHONES = 150;
    private static final int ATTENTION_ROWS = 1024;
    private static final int ATTENTION_RUNS = 20;
    private static final int[] CHUNK_TOKENS = {16, 75};
    private static final int[] CHUNK_BATCHES = {1, 4, 16};
    private static final double MILLIS = 1e-6;
    private static final double MIB = 1 << 20;

    private final Bundle bundle;
    private final Placement placement;
    private final EngineSettings settings;
    private final int slots;
    private final int repeats;
    private final Random random = new Random(1);

    public StageBenchmark(Bundle bundle, DeviceName device, EngineSettings settings, int repeats) {
        this.bundle = bundle;
        this.placement = Placement.on(device, Math.max(1, settings.threads()), new Placement.Room(settings.card().rowPositions(), 1, 16, false));
        this.settings = settings;
        this.slots = settings.slots();
        this.repeats = repeats;
    }

    public void run(Figures figures) throws IOException {
        memory(figures);
        attention(figures);
        decoding(placement, "", figures);
        if (placement.device().kind() == DeviceName.Kind.CUDA) {
            decoding(placement.eager(), ", eager", figures);
            acoustic(placement.eager(), ", eager", figures);
        }
        acoustic(placement, "", figures);
    }

    private void memory(Figures figures) {
        MemoryPlan plan = MemoryPlan.of(bundle, placement, slots).within(settings.card().memoryBytes());
        if (plan.total() > 0) {
            figures.add("memory: weights", "MiB", plan.weights() / MIB);
            figures.add("memory: caches of %d rows of %d".formatted(slots, settings.card().rowPositions()), "MiB", plan.caches() / MIB);
            figures.add("memory: work space", "MiB", plan.workSpace() / MIB);
        }
        if (plan.budget() > 0) {
            int most = (int) plan.mostRows(slots);
            figures.add("memory: budget", "MiB", plan.budget() / MIB);
            figures.add("memory: most rows", "", most);
            figures.add("memory: budget used with most rows", "%", 100.0 * MemoryPlan.of(bundle, placement, most).total() / plan.budget());
        }
    }

    private interface Timed {
        void run();
    }

    private static double millis(Timed timed) {
        long start = System.nanoTime();
        timed.run();
        return (System.nanoTime() - start) * MILLIS;
    }

    private void attention(Figures figures) throws IOException {
        Manifest.Semantic shape = bundle.manifest().semantic();
        int width = shape.width() / shape.heads();
        boolean half = "fp16".equals(bundle.manifest().precision());
        Path folder = Files.createTempDirectory("attention");
        try {
            AttentionGraphs.write(folder, shape.heads(), width, half ? Precision.FP16 : Precision.FP32);
            long[] heads = {1, ATTENTION_ROWS, shape.width()};
            for (String graph : List.of("fused", "unmasked", "unfused")) {
                try (GraphTrial trial = new GraphTrial(folder.resolve(graph + ".onnx"), placement, half,
                        Map.of("query", heads, "key", heads, "value", heads, "mask", new long[] {1, 1, ATTENTION_ROWS, ATTENTION_ROWS}),
                        Map.of("attended", heads))) {
                    trial.run(WARM_UP);
                    double[] took = new double[repeats];
                    for (int i = 0; i < repeats; i++) {
                        took[i] = millis(() -> trial.run(ATTENTION_RUNS)) / ATTENTION_RUNS;
                    }
                    figures.add("attention over " + ATTENTION_ROWS + ", " + graph, "ms", took);
                }
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void decoding(Placement on, String how, Figures figures) {
        try (SemanticModel model = new SemanticModel(bundle, on); TokenDecoder decoder = model.newBatch(slots)) {
            int[] prompt = tokens(100);
            double[] prefill = new double[repeats];
            for (int i = -WARM_UP; i < repeats; i++) {
                double took = millis(() -> decoder.prefill(0, phones(PHONES), new float[0], prompt));
                if (i >= 0) {
                    prefill[i] = took;
                }
            }
            if (how.isEmpty()) {
                figures.add("prefill, " + PHONES + " phones + 100 tokens", "ms", prefill);
            }
            for (int cache : CACHES) {
                for (int row = 0; row < slots; row++) {
                    decoder.prefill(row, phones(PHONES), new float[0], tokens(cache - PHONES - WARM_UP - STEPS / 2));
                }
                if (how.isEmpty() && decoder.copiedBytes() > 0) {
                    long before = decoder.copiedBytes();
                    decoder.step(tokens(1));
                    figures.add("copied from and to the device, step of 1, cache " + cache, "bytes", decoder.copiedBytes() - before);
                }
                for (int batch : BATCHES) {
                    if (batch <= slots) {
                        figures.add("step of %d, cache %d%s".formatted(batch, cache, how), "ms", steps(decoder, batch));
                    }
                }
            }
        }
    }

    private double[] steps(TokenDecoder decoder, int batch) {
        double[] took = new double[STEPS];
        for (int i = -WARM_UP; i < STEPS; i++) {
            int[] next = tokens(batch);
            double millis = millis(() -> decoder.step(next));
            if (i >= 0) {
                took[i] = millis;
            }
        }
        return took;
    }

    private void acoustic(Placement on, String how, Figures figures) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        try (PriorModel prior = new PriorModel(bundle, on); WaveformModel waveform = new WaveformModel(bundle, on)) {
            for (int count : CHUNK_TOKENS) {
                int frames = count * shape.framesPerToken();
                int samples = frames * shape.samplesPerFrame();
                double seconds = (double) samples / bundle.manifest().sampleRate();
                float[] style = new float[shape.styleWidth()];
                float[] noise = new float[shape.latentWidth() * frames];
                for (int batch : CHUNK_BATCHES) {
                    double[] priors = new double[repeats];
                    double[] waveforms = new double[repeats];
                    for (int i = -WARM_UP; i < repeats; i++) {
                        List<WaveformModel.Window> windows = new ArrayList<>();
                        double first = millis(() -> {
                            for (int chunk = 0; chunk < batch; chunk++) {
                                windows.add(new WaveformModel.Window(prior.encode(tokens(count), phones(PHONES), style,
                                        new FrameSelection(0, frames, 1)), noise, style));
                            }
                        });
                        double second = millis(() -> waveform.generate(windows, 0, samples));
                        if (i >= 0) {
                            priors[i] = first / batch;
                            waveforms[i] = second;
                        }
                    }
                    if (batch == 1) {
                        figures.add("prior of %d tokens".formatted(count), "ms", priors);
                    }
                    figures.add("waveform, %d x %d tokens%s".formatted(batch, count, how), "ms", waveforms);
                    double median = Arrays.stream(waveforms).sorted().toArray()[repeats / 2] + batch * Arrays.stream(priors).sorted().toArray()[repeats / 2];
                    figures.add("acoustic, %d x %d tokens%s".formatted(batch, count, how), "s/s", batch * seconds / (median / 1e3));
                }
            }
        }
    }

    private int[] phones(int count) {
        return random.ints(count, 0, bundle.manifest().semantic().phones()).toArray();
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, bundle.manifest().semantic().endToken()).toArray();
    }
}
