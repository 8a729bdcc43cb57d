package io.utter.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.GoldenBundle;
import io.utter.testing.GoldenCases;
import io.utter.testing.TestedDevice;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window with all the context that its samples depend on gives the samples of the whole. */
class WindowTest {
    /** Sums in another order, over values up to 1; on devices of other extents too, by up to a step of 16-bit audio. */
    private static final float ROUNDING = TestedDevice.name().kind() == DeviceName.Kind.CPU ? 1e-5f : 3e-5f;
    private static final int FRAMES = 260;

    @ParameterizedTest
    @ValueSource(strings = {"sovits/sovits-v1.pth", "sovits/sovits-v2.pth"})
    void aWindowWithFullContextGivesTheSamplesOfTheWhole(String weights) {
        Bundle bundle = GoldenBundle.acoustic(GoldenCases.file(weights));
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        Random random = new Random(7);
        float[] mean = gaussian(random, shape.latentWidth() * FRAMES);
        float[] logDeviation = gaussian(random, shape.latentWidth() * FRAMES);
        float[] noise = gaussian(random, shape.latentWidth() * FRAMES);
        float[] style = gaussian(random, shape.styleWidth());
        try (WaveformModel model = new WaveformModel(bundle, TestedDevice.placement(2))) {
            int reach = model.field().frames();
            assertTrue(reach > 40 && reach < 60, "flow 4 x 4 x 2 frames and some for the generator, not " + reach);
            int rate = shape.samplesPerFrame();
            float[] whole = model.generate(new PriorModel.Latents(mean, logDeviation, FRAMES), noise, style, 0, FRAMES * rate);
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(FRAMES * rate - 1);
                int to = Math.min(FRAMES * rate, from + 1 + random.nextInt(40 * rate));
                int start = Math.max(0, from / rate - reach);
                int end = Math.min(FRAMES, (to - 1) / rate + 1 + reach);
                PriorModel.Latents window = new PriorModel.Latents(columns(mean, start, end), columns(logDeviation, start, end), end - start);
                float[] part = model.generate(window, columns(noise, start, end), style, from - start * rate, to - start * rate);
                assertArrayEquals(Arrays.copyOfRange(whole, from, to), part, ROUNDING, "samples " + from + " to " + to);
            }
        }
    }

    private static float[] gaussian(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] columns(float[] matrix, int from, int to) {
        int rows = matrix.length / FRAMES;
        float[] out = new float[rows * (to - from)];
        for (int r = 0; r < rows; r++) {
            System.arraycopy(matrix, r * FRAMES + from, out, r * (to - from), to - from);
        }
        return out;
    }
}
