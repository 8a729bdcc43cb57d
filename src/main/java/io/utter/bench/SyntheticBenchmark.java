package io.utter.bench;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampler;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.WaveformModel;
import java.util.List;
import java.util.Random;

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
        return new SpeechOptions(Sampling.DEFAULT, 1, seed, 0, TOKENS, plan);
    }

    private void decoder(SemanticModel model, Figures figures) {
        int[] phones = phones(REFERENCE_PHONES + TEXT_PHONES);
        int[] prompt = tokens(PROMPT_TOKENS);
        double[] prefill = new double[repeats];
        double[] near = new double[repeats * (LAST_STEP - FIRST_STEP)];
        try (SemanticModel.Sequence sequence = model.newSequence()) {
            for (int i = 0; i < repeats; i++) {
                Sampler sampler = new Sampler(Sampling.DEFAULT, model.shape().tokens(), model.shape().endToken(), prompt, i);
                long start = System.nanoTime();
                int token = sampler.next(sequence.prefill(phones, new float[0], prompt, TOKENS));
                prefill[i] = (System.nanoTime() - start) * MILLIS;
                for (int step = 0; step < LAST_STEP; step++) {
                    long before = System.nanoTime();
                    token = sampler.next(sequence.step(Math.max(0, token)));
                    if (step >= FIRST_STEP) {
                        near[i * (LAST_STEP - FIRST_STEP) + step - FIRST_STEP] = (System.nanoTime() - before) * MILLIS;
                    }
                }
            }
        }
        figures.add("prefill, 150 phones + 100 tokens", "ms", prefill);
        figures.add("token at cache 280-320", "ms", near);
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
