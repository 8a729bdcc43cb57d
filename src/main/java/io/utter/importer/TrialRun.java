package io.utter.importer;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;

/** Loads the networks of a bundle and lets each run once, on a few phones and tokens. */
final class TrialRun {
    private static final int THREADS = 2;
    private static final int[] PHONES = {0, 1, 2, 3, 4, 5, 6, 7};
    private static final int[] TOKENS = {1, 2, 3, 4, 5, 6};

    private final Bundle bundle;

    TrialRun(Bundle bundle) {
        this.bundle = bundle;
    }

    /** @throws UtterException.InvalidInput if a network's results are not numbers */
    void run() {
        try (SemanticModel model = new SemanticModel(bundle, THREADS); TokenDecoder decoder = model.newBatch(1)) {
            check("GPT", decoder.prefill(0, PHONES, new float[0], TOKENS));
            decoder.step(new int[] {TOKENS[0]});
            check("GPT", decoder.scores(0));
        }
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        float[] style = new float[shape.styleWidth()];
        int frames = TOKENS.length * shape.framesPerToken();
        try (PriorModel prior = new PriorModel(bundle, THREADS); WaveformModel waveform = new WaveformModel(bundle, THREADS)) {
            PriorModel.Latents latents = prior.encode(TOKENS, PHONES, style, new FrameSelection(0, frames, 1));
            float[] noise = new float[shape.latentWidth() * frames];
            check("SoVITS", waveform.generate(latents, noise, style, 0, frames * shape.samplesPerFrame()));
        }
    }

    private static void check(String network, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UtterException.InvalidInput("checkpoint", "bad_checkpoint", "the " + network
                        + " computes values that are not numbers: its weights are damaged");
            }
        }
    }
}
