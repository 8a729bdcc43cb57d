package io.utter.bench;

import io.utter.engine.EngineSettings;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.Placement;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.util.Arrays;
import java.util.Random;

/**
 * Decoding and making audio of what was decoded, one after the other and at the same time: as many steps and as many chunks as take equally
 * long alone.
 */
public final class OverlapBenchmark {
    private static final int PHONES = 100;
    private static final int PROMPT = 100;
    private static final int CHUNK_TOKENS = 25;
    /** So long each side works, in a repetition, if that is not less than one run of it. */
    private static final double MILLIS_EACH = 400;
    private static final int TRIAL = 5;

    private final Bundle bundle;
    private final Placement placement;
    private final int rows;
    private final int repeats;
    private final Random random = new Random(3);

    public OverlapBenchmark(Bundle bundle, DeviceName device, EngineSettings settings, int repeats) {
        this.bundle = bundle;
        this.placement = Placement.on(device, Math.max(1, settings.threads()), new Placement.Room(settings.card().rowPositions(), 1, 1, false));
        this.rows = settings.slots();
        this.repeats = repeats;
    }

    public void run(Figures figures) throws InterruptedException {
        try (SemanticModel semantic = new SemanticModel(bundle, placement); TokenDecoder decoder = semantic.newBatch(rows);
                PriorModel prior = new PriorModel(bundle, placement); WaveformModel waveform = new WaveformModel(bundle, placement)) {
            begin(decoder);
            int steps = count(millis(() -> decode(decoder, TRIAL)) / TRIAL);
            millis(() -> render(prior, waveform, TRIAL));
            int chunks = count(millis(() -> render(prior, waveform, TRIAL)) / TRIAL);
            double[] serial = new double[repeats];
            double[] together = new double[repeats];
            for (int i = 0; i < repeats; i++) {
                begin(decoder);
                serial[i] = millis(() -> decode(decoder, steps)) + millis(() -> render(prior, waveform, chunks));
                begin(decoder);
                long start = System.nanoTime();
                Thread other = Thread.ofPlatform().start(() -> render(prior, waveform, chunks));
                decode(decoder, steps);
                other.join();
                together[i] = (System.nanoTime() - start) / 1e6;
            }
            figures.add("%d steps of %d, then %d chunks of %d tokens".formatted(steps, rows, chunks, CHUNK_TOKENS), "ms", serial);
            figures.add("both at the same time", "ms", together);
            double[] ratio = new double[repeats];
            Arrays.setAll(ratio, i -> together[i] / serial[i]);
            figures.add("overlapped over serial", "", ratio);
        }
    }

    /** All rows as they were at the start, so that none runs out of room. */
    private void begin(TokenDecoder decoder) {
        for (int row = 0; row < rows; row++) {
            decoder.prefill(row, random.ints(PHONES, 0, bundle.manifest().semantic().phones()).toArray(), new float[0], tokens(PROMPT));
        }
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, bundle.manifest().semantic().endToken()).toArray();
    }

    private int count(double millisEach) {
        return (int) Math.clamp(MILLIS_EACH / millisEach, 1, placement.device().kind() == DeviceName.Kind.CPU ? 1000 : 300);
    }

    private void decode(TokenDecoder decoder, int steps) {
        for (int i = 0; i < steps; i++) {
            decoder.step(tokens(rows));
        }
    }

    private void render(PriorModel prior, WaveformModel waveform, int chunks) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        int frames = CHUNK_TOKENS * shape.framesPerToken();
        float[] style = new float[shape.styleWidth()];
        float[] noise = new float[shape.latentWidth() * frames];
        int[] codes = new int[CHUNK_TOKENS];
        int[] phones = new int[PHONES];
        for (int i = 0; i < chunks; i++) {
            waveform.generate(prior.encode(codes, phones, style, new FrameSelection(0, frames, 1)), noise, style, 0, frames * shape.samplesPerFrame());
        }
    }

    private interface Timed {
        void run();
    }

    private static double millis(Timed timed) {
        long start = System.nanoTime();
        timed.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
