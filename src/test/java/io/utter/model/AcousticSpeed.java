package io.utter.model;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the acoustic networks of a bundle take for 5 seconds of speech (125 tokens) on two threads: for comparing bundles, such as
 * generations or the same checkpoint imported twice. No test, but run by JMH:
 *
 * <pre>./mvnw -q test-compile exec:exec@benchmark -Djmh="AcousticSpeed -p model=/tmp/m/v2,/tmp/m/v2pro"</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class AcousticSpeed {
    private static final int THREADS = 2;
    private static final int TOKENS = 125;
    private static final int PHONES = 90;

    /** Folders of bundles. */
    @Param("models/default")
    public String model;

    private final Random random = new Random(1);
    private PriorModel prior;
    private WaveformModel waveform;
    private int[] tokens;
    private int[] phones;
    private float[] style;
    private float[] noise;
    private int frames;
    private int samples;

    @Setup(Level.Trial)
    public void load() {
        Bundle bundle = Bundle.open(Path.of(model));
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        prior = new PriorModel(bundle, THREADS);
        waveform = new WaveformModel(bundle, THREADS);
        frames = TOKENS * shape.framesPerToken();
        samples = frames * shape.samplesPerFrame();
        tokens = random.ints(TOKENS, 0, bundle.manifest().semantic().endToken()).toArray();
        phones = random.ints(PHONES, 0, bundle.manifest().semantic().phones()).toArray();
        style = gaussian(shape.styleWidth());
        noise = gaussian(shape.latentWidth() * frames);
    }

    private float[] gaussian(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.1f;
        }
        return values;
    }

    @Benchmark
    public float[] fiveSeconds() {
        return waveform.generate(prior.encode(tokens, phones, style, new FrameSelection(0, frames, 1)), noise, style, 0, samples);
    }

    @TearDown(Level.Trial)
    public void close() {
        prior.close();
        waveform.close();
    }
}
