package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.utter.importer.GoldenBundle;
import io.utter.model.ort.OnnxRuntime;
import io.utter.testing.GoldenCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The same inputs through both runtimes, in one process: not a bit may differ. */
class RuntimesAgreeTest {
    private static final String PROPERTY = "utter.engine.runtime";
    private static final int THREADS = 2;
    /** More than a cache has room for at first: it grows meanwhile. */
    private static final int STEPS = 150;

    private static void assertSame(Supplier<List<float[]>> work) {
        List<float[]> java = through(OnnxRuntime.JAVA, work);
        List<float[]> binding = through(OnnxRuntime.NATIVE, work);
        assertEquals(java.size(), binding.size());
        for (int i = 0; i < java.size(); i++) {
            assertArrayEquals(java.get(i), binding.get(i), "result " + i);
        }
    }

    private static List<float[]> through(OnnxRuntime runtime, Supplier<List<float[]>> work) {
        String before = System.setProperty(PROPERTY, runtime.name());
        try {
            return work.get();
        } finally {
            if (before == null) {
                System.clearProperty(PROPERTY);
            } else {
                System.setProperty(PROPERTY, before);
            }
        }
    }

    @Test
    void scoresOfTokens() {
        Bundle bundle = GoldenBundle.semantic(GoldenCases.file("gpt/gpt-h64.ckpt"));
        assertSame(() -> {
            Random random = new Random(1);
            List<float[]> scores = new ArrayList<>();
            try (SemanticModel model = new SemanticModel(bundle, THREADS); TokenDecoder decoder = model.newBatch(3)) {
                float[] features = gaussian(random, 20 * model.shape().featureWidth());
                for (int row = 0; row < 3; row++) {
                    int[] phones = random.ints(20, 0, 300).toArray();
                    int[] prompt = random.ints(10, 0, 1024).toArray();
                    scores.add(decoder.prefill(row, phones, row == 1 ? features : new float[0], prompt).clone());
                }
                for (int step = 0; step < STEPS; step++) {
                    decoder.step(random.ints(1 + step % 3, 0, 1024).toArray());
                    scores.add(decoder.scores(step % 3).clone());
                }
                decoder.exchange(0, 2);
                decoder.stepAlone(2, 7);
                scores.add(decoder.scores(2).clone());
            }
            return scores;
        });
    }

    @Test
    void samples() {
        Bundle bundle = GoldenBundle.acoustic(GoldenCases.file("sovits/sovits-v2.pth"));
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        assertSame(() -> {
            Random random = new Random(2);
            try (StyleModel styles = new StyleModel(bundle, THREADS);
                    PriorModel prior = new PriorModel(bundle, THREADS);
                    WaveformModel waveform = new WaveformModel(bundle, THREADS)) {
                float[] style = styles.encode(gaussian(random, shape.styleBins() * 80), 80, new float[0]);
                PriorModel.Latents latents = prior.encode(random.ints(30, 0, 1024).toArray(), random.ints(12, 0, 300).toArray(), style,
                        new FrameSelection(0, 50, 1.1));
                WaveformModel.Window window = new WaveformModel.Window(latents, gaussian(random, shape.latentWidth() * 50), style);
                List<float[]> results = new ArrayList<>(List.of(style, latents.mean(), latents.logDeviation()));
                results.addAll(waveform.generate(List.of(window, window), 100, 50 * shape.samplesPerFrame()));
                return results;
            }
        });
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
