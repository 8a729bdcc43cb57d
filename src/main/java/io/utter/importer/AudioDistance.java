package io.utter.importer;

import io.utter.audio.LogSpectralDistance;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.Placement;
import io.utter.model.PriorModel;
import io.utter.model.WaveformModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How far audio in reduced precision is from fp32's, both made of the same tokens, phones and noise. */
final class AudioDistance {
    private static final long SEED = 21;
    private static final int THREADS = 2;
    private static final int CLIPS = 4;
    /** Phones that the decoders of all generations know; later ones know more. */
    private static final int PHONES_OF_ALL_GENERATIONS = 322;
    /** 4 seconds; more tokens of a reference are left out. */
    private static final int LONGEST_CLIP = 100;

    private final Bundle exact;
    private final Bundle reduced;
    private final float[] style;
    private final Placement placement;
    private final Random random = new Random(SEED);

    /** @param style the voice's, [styleWidth] */
    AudioDistance(Bundle exact, Bundle reduced, float[] style) {
        this(exact, reduced, style, Placement.onProcessor(THREADS));
    }

    /** @param placement where the reduced networks run; the others run on the processor */
    AudioDistance(Bundle exact, Bundle reduced, float[] style, Placement placement) {
        this.placement = placement;
        this.exact = exact;
        this.reduced = reduced;
        this.style = style;
    }

    /**
     * The mean distance in dB: of the reference's tokens, if there are any, and of tokens that the transformer chose.
     *
     * @param reference tokens of a voice's recording; may be empty
     * @return not a number if values overflow
     */
    double measure(int[] reference, List<TokenAgreement.Sequence> sequences) {
        List<int[]> tokens = new ArrayList<>();
        if (reference.length > 0) {
            tokens.add(java.util.Arrays.copyOf(reference, Math.min(reference.length, LONGEST_CLIP)));
        }
        sequences.stream().limit(CLIPS - tokens.size()).forEach(sequence -> tokens.add(sequence.continuation()));
        try (PriorModel prior = new PriorModel(exact, THREADS); WaveformModel waveform = new WaveformModel(exact, THREADS);
                PriorModel reducedPrior = new PriorModel(reduced, placement);
                WaveformModel reducedWaveform = new WaveformModel(reduced, placement)) {
            double sum = 0;
            for (int[] clip : tokens) {
                int[] phones = random.ints(clip.length, 0, PHONES_OF_ALL_GENERATIONS).toArray();
                long noiseSeed = random.nextLong();
                sum += distance(decode(prior, waveform, clip, phones, noiseSeed), decode(reducedPrior, reducedWaveform, clip, phones, noiseSeed));
            }
            return sum / tokens.size();
        }
    }

    private static double distance(float[] expected, float[] actual) {
        for (float value : actual) {
            if (!Float.isFinite(value)) {
                return Double.NaN;
            }
        }
        return LogSpectralDistance.between(actual, expected);
    }

    private float[] decode(PriorModel prior, WaveformModel waveform, int[] tokens, int[] phones, long noiseSeed) {
        Manifest.Acoustic shape = exact.manifest().acoustic();
        int frames = tokens.length * shape.framesPerToken();
        float[] noise = new float[shape.latentWidth() * frames];
        Random normal = new Random(noiseSeed);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) normal.nextGaussian();
        }
        PriorModel.Latents latents = prior.encode(tokens, phones, style, new FrameSelection(0, frames, 1));
        return waveform.generate(latents, noise, style, 0, frames * shape.samplesPerFrame());
    }
}
