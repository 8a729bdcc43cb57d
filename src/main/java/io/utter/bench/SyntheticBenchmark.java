package io.utter.bench;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.EngineMonitor;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampler;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.engine.SpeechStream;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The networks alone, on random phones and prompt tokens of fixed lengths, as other servers are measured: a reference of 4 seconds and
 * 60 phones, a text of 90 phones, 5 seconds of speech. Text front end and reference are outside.
 */
public final class SyntheticBenchmark {
    private static final int REFERENCE_PHONES = 60;
    private static final int TEXT_PHONES = 90;
    private static final int PROMPT_TOKENS = 100;
    private static final int TOKENS = 125;
    /** Steps whose cache holds 280 to 320 positions. */
    private static final int FIRST_STEP = 30;
    private static final int LAST_STEP = 70;
    private static final int[] BATCHES = {1, 2, 4, 8, 16};
    private static final int[] ACOUSTIC_TOKENS = {25, 125, 250};
    private static final int COMPARISONS = 3;
    private static final double MILLIS = 1e-6;

    private final Bundle bundle;
    private final EngineSettings settings;
    private final int repeats;
    private final Random random = new Random(1);

    public SyntheticBenchmark(Bundle bundle, EngineSettings settings, int repeats) {
        this.bundle = bundle;
        this.settings = settings;
        this.repeats = repeats;
    }

    public void run(Figures figures) throws InterruptedException {
        try (SpeechEngine engine = new SpeechEngine(bundle, settings)) {
            figures.add("exec to models loaded", "s", ProcessUsage.ofThisProcess().age().toMillis() / 1e3);
            figures.add("resident after loading", "MB", ProcessUsage.ofThisProcess().residentMegabytes());
            synthesis(engine, figures);
            decoder(engine.semantic(), figures);
            batches(engine, figures);
            acoustic(engine.prior(), engine.waveform(), figures);
        }
        figures.add("peak memory", "MB", ProcessUsage.ofThisProcess().peakMegabytes());
    }

    private void synthesis(SpeechEngine engine, Figures figures) throws InterruptedException {
        Conditioning voice = new Conditioning(phones(REFERENCE_PHONES), new float[0], tokens(PROMPT_TOKENS), style());
        Phrase phrase = new Phrase(phones(TEXT_PHONES), new float[0]);
        double[] first = new double[repeats];
        double[] factor = new double[repeats];
        double[] seconds = new double[repeats];
        double[] audio = new double[repeats];
        for (int i = -1; i < repeats; i++) {
            Listening heard = Listening.to(engine.open(voice, List.of(phrase).iterator(), options(i, ChunkPlan.DEFAULT)));
            if (i >= 0) { // the first one warms up
                first[i] = heard.firstPacket() * 1e3;
                seconds[i] = heard.report().total().toNanos() / 1e9;
                audio[i] = heard.report().audio().toNanos() / 1e9;
                factor[i] = heard.report().realTimeFactor();
            }
        }
        figures.add("synthesis: audio", "s", audio);
        figures.add("synthesis: total", "s", seconds);
        figures.add("synthesis: real-time factor", "s/s", factor);
        figures.add("synthesis: first audio", "ms", first);
        StreamComparison comparison = new StreamComparison();
        for (int i = 0; i < Math.min(repeats, COMPARISONS); i++) {
            Listening streamed = Listening.to(engine.open(voice, List.of(phrase).iterator(), options(i, ChunkPlan.DEFAULT)));
            comparison.add(streamed, Listening.to(engine.open(voice, List.of(phrase).iterator(), options(i, ChunkPlan.WHOLE))).samples());
        }
        comparison.report(figures);
    }

    private static SpeechOptions options(long seed, ChunkPlan plan) {
        return new SpeechOptions(Sampling.DEFAULT, 1, seed, 0, 0, TOKENS, plan);
    }

    private void decoder(SemanticModel model, Figures figures) {
        int[] phones = phones(REFERENCE_PHONES + TEXT_PHONES);
        int[] prompt = tokens(PROMPT_TOKENS);
        double[] prefill = new double[repeats];
        double[] near = new double[repeats * (LAST_STEP - FIRST_STEP)];
        try (TokenDecoder decoder = model.newBatch(1)) {
            for (int i = 0; i < repeats; i++) {
                Sampler sampler = new Sampler(Sampling.DEFAULT, model.shape().tokens(), model.shape().endToken(), prompt, i);
                long start = System.nanoTime();
                int token = sampler.next(decoder.prefill(0, phones, new float[0], prompt));
                prefill[i] = (System.nanoTime() - start) * MILLIS;
                for (int step = 0; step < LAST_STEP; step++) {
                    long before = System.nanoTime();
                    decoder.step(new int[] {Math.max(0, token)});
                    token = sampler.next(decoder.scores(0));
                    if (step >= FIRST_STEP) {
                        near[i * (LAST_STEP - FIRST_STEP) + step - FIRST_STEP] = (System.nanoTime() - before) * MILLIS;
                    }
                }
            }
        }
        figures.add("prefill, 150 phones + 100 tokens", "ms", prefill);
        figures.add("token at cache 280-320", "ms", near);
    }

    /** Streams that are decoded together: the bare steps of the network, and steps of the decode loop with all that it does between them. */
    private void batches(SpeechEngine engine, Figures figures) throws InterruptedException {
        for (int batch : BATCHES) {
            if (batch <= settings.slots()) {
                double[] bare = bareSteps(engine.semantic(), batch);
                double[] whole = loopSteps(engine, batch);
                figures.add("step of %d, network alone".formatted(batch), "ms", bare);
                figures.add("step of %d, decode loop".formatted(batch), "ms", whole);
                figures.add("tokens a second, %d streams".formatted(batch), "1/s", batch * 1e3 / median(whole));
            }
        }
    }

    private double[] bareSteps(SemanticModel model, int batch) {
        int[] phones = phones(REFERENCE_PHONES + TEXT_PHONES);
        int[] prompt = tokens(PROMPT_TOKENS);
        double[] took = new double[steps(batch)];
        try (TokenDecoder decoder = model.newBatch(batch)) {
            for (int row = 0; row < batch; row++) {
                decoder.prefill(row, phones, new float[0], prompt);
            }
            for (int step = 0; step < took.length; step++) {
                int[] next = tokens(batch);
                long start = System.nanoTime();
                decoder.step(next);
                took[step] = (System.nanoTime() - start) * MILLIS;
            }
        }
        return Arrays.copyOfRange(took, took.length - (LAST_STEP - FIRST_STEP), took.length);
    }

    /** In the loop the streams begin one after the other, so it takes some more steps until all of them go together. */
    private static int steps(int batch) {
        return LAST_STEP + 2 * batch;
    }

    /** From the end of one step to the end of the next, in the same stretch; all audio is made afterwards. */
    private double[] loopSteps(SpeechEngine engine, int batch) throws InterruptedException {
        List<Long> ends = Collections.synchronizedList(new ArrayList<>());
        engine.monitor(new EngineMonitor() {
            @Override
            public void stepped(String model, int size, Duration took) {
                if (size == batch) {
                    ends.add(System.nanoTime());
                }
            }
        });
        Conditioning voice = new Conditioning(phones(REFERENCE_PHONES), new float[0], tokens(PROMPT_TOKENS), style());
        ChunkPlan silent = ChunkPlan.WHOLE;
        List<Thread> listeners = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            SpeechStream stream = engine.open(voice, List.of(new Phrase(phones(TEXT_PHONES), new float[0])).iterator(),
                    new SpeechOptions(Sampling.DEFAULT, 1, i, 0, 0, steps(batch), silent));
            listeners.add(Thread.startVirtualThread(() -> {
                try {
                    Listening.to(stream);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread listener : listeners) {
            listener.join();
        }
        engine.monitor(EngineMonitor.NONE);
        int from = Math.max(1, ends.size() - (LAST_STEP - FIRST_STEP));
        return IntStream.range(from, ends.size()).mapToDouble(i -> (ends.get(i) - ends.get(i - 1)) * MILLIS).toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private void acoustic(PriorModel prior, WaveformModel waveform, Figures figures) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        float[] style = style();
        int[] phones = phones(TEXT_PHONES);
        for (int count : ACOUSTIC_TOKENS) {
            int frames = count * shape.framesPerToken();
            int samples = frames * shape.samplesPerFrame();
            float[] noise = new float[shape.latentWidth() * frames];
            double[] perSecond = new double[repeats];
            for (int i = -1; i < repeats; i++) {
                long start = System.nanoTime();
                waveform.generate(prior.encode(tokens(count), phones, style, new FrameSelection(0, frames, 1)), noise, style, 0, samples);
                if (i >= 0) {
                    perSecond[i] = (System.nanoTime() - start) / 1e9 * bundle.manifest().sampleRate() / samples;
                }
            }
            figures.add("acoustic, %d tokens".formatted(count), "s/s", perSecond);
        }
        for (int batch : new int[] {2, 4, 8}) {
            int frames = ACOUSTIC_TOKENS[0] * shape.framesPerToken();
            int samples = frames * shape.samplesPerFrame();
            double[] perSecond = new double[repeats];
            for (int i = 0; i < repeats; i++) {
                long start = System.nanoTime();
                List<WaveformModel.Window> windows = new ArrayList<>();
                for (int chunk = 0; chunk < batch; chunk++) {
                    windows.add(new WaveformModel.Window(prior.encode(tokens(ACOUSTIC_TOKENS[0]), phones, style, new FrameSelection(0, frames, 1)),
                            new float[shape.latentWidth() * frames], style));
                }
                waveform.generate(windows, 0, samples);
                perSecond[i] = (System.nanoTime() - start) / 1e9 * bundle.manifest().sampleRate() / samples / batch;
            }
            figures.add("acoustic, %d chunks of %d tokens at once".formatted(batch, ACOUSTIC_TOKENS[0]), "s/s", perSecond);
        }
    }

    private int[] phones(int count) {
        return random.ints(count, 0, Math.min(bundle.manifest().semantic().phones(), 322)).toArray();
    }

    private int[] tokens(int count) {
        return random.ints(count, 0, bundle.manifest().semantic().endToken()).toArray();
    }

    private float[] style() {
        float[] style = new float[bundle.manifest().acoustic().styleWidth()];
        for (int i = 0; i < style.length; i++) {
            style[i] = (float) random.nextGaussian() * 0.1f;
        }
        return style;
    }
}
