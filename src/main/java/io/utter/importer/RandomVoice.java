package io.utter.importer;

import io.utter.audio.WavHeader;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A bundle with the networks of a {@link RandomPair} and a voice made up to match: for measuring speed where there is no voice of that size. */
final class RandomVoice {
    private static final long SEED = 7;
    private static final int PROMPT_TOKENS = 100;
    private static final float STYLE_DEVIATION = 0.1f;
    private static final String TRANSCRIPT = "This recording is made of noise, and nobody has ever said these words.";

    private final RandomPair.Sizes sizes;
    private final Precision precision;

    RandomVoice(RandomPair.Sizes sizes, Precision precision) {
        this.sizes = sizes;
        this.precision = precision;
    }

    /** Writes all but the list of files into an empty folder. What a reduced precision loses is not measured: there is nothing to lose. */
    Manifest write(String name, Path folder, PretrainedNetworks pretrained) throws IOException {
        RandomPair pair = new RandomPair(sizes, SEED);
        NetworkWriter networks = new NetworkWriter(folder, false, Arithmetic.of(precision));
        Manifest.Semantic semantic = networks.writeSemantic(pair.gpt(), pair.weights());
        Manifest.Acoustic acoustic = networks.writeAcoustic(pair.sovits(), pair.weights());
        Manifest.Encoders encoders = networks.writeEncoders(pair.weights(), pretrained);
        Manifest manifest = new Manifest(Manifest.FORMAT, name, sizes.generation(), "v2", NetworkWriter.sampleRate(acoustic),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), semantic, acoustic, encoders, Map.of(), Map.of());
        return precision == Precision.FP32 ? manifest : manifest.with(precision.toString());
    }

    /** Writes the voice into a bundle. */
    static void writeVoice(Bundle bundle) throws IOException {
        Random random = new Random(SEED);
        Manifest manifest = bundle.manifest();
        int[] tokens = random.ints(PROMPT_TOKENS, 0, manifest.semantic().endToken()).toArray();
        float[] style = noise(random, manifest.acoustic().styleWidth());
        int samples = PROMPT_TOKENS * manifest.acoustic().framesPerToken() * manifest.acoustic().samplesPerFrame();
        byte[] recording = WavHeader.file(noise(random, samples), manifest.sampleRate());
        new VoiceFolder(bundle.file(Bundle.VOICES)).write(VoiceProfile.of("default", "Noise", "en", Optional.of(TRANSCRIPT), Optional.of(tokens), style, ""),
                List.of(recording));
    }

    private static float[] noise(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = STYLE_DEVIATION * (float) random.nextGaussian();
        }
        return values;
    }
}
