package io.utter.engine;

import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.WaveformModel;
import java.util.Arrays;

/**
 * Tokens of one sentence to samples, chunk by chunk. Every chunk is cut from the one list of tokens; the encoder sees all tokens so
 * far, flow and generator the chunk's frames with all the context before them and the look-ahead after. Neighbouring chunks are
 * cross-faded over a few samples that both have computed, which takes up what they differ by: the frames that the earlier one did not
 * know of.
 */
final class AcousticStage {
    private static final double CROSS_FADE_SECONDS = 0.010;
    /** Windows get a length that is a multiple of this, so that the runtime sees few shapes. */
    private static final int FRAMES_PER_BUCKET = 10;

    private final PriorModel prior;
    private final WaveformModel waveform;
    private final Manifest.Acoustic shape;
    private final int crossFade;

    AcousticStage(PriorModel prior, WaveformModel waveform, Manifest manifest) {
        this.prior = prior;
        this.waveform = waveform;
        this.shape = manifest.acoustic();
        this.crossFade = Math.min((int) (manifest.sampleRate() * CROSS_FADE_SECONDS), shape.samplesPerFrame());
    }

    /** Begins a sentence. */
    Rendering begin(int[] phones, float[] style, double speed, long noiseKey) {
        return new Rendering(phones, style, speed, new FrameNoise(noiseKey));
    }

    /** A sentence that becomes audio from its start to its end. Belongs to one thread at a time. */
    final class Rendering {
        private final int[] phones;
        private final float[] style;
        private final double speed;
        private final FrameNoise noise;
        private int frame;
        private float[] tail = new float[0];

        private Rendering(int[] phones, float[] style, double speed, FrameNoise noise) {
            this.phones = phones;
            this.style = style;
            this.speed = speed;
            this.noise = noise;
        }

        /**
         * The samples from where the previous chunk ended to the end of a token.
         *
         * @param tokens all tokens of the sentence so far
         * @param end how many of them are to be audio after this
         */
        float[] until(int[] tokens, int end) {
            boolean last = end == tokens.length;
            int known = frames(tokens.length, true);
            int to = frames(end, last);
            if (to <= frame) {
                return new float[0];
            }
            int reach = waveform.field().frames();
            int windowEnd = Math.min(known, to + reach);
            int windowStart = Math.max(0, frame - reach);
            int surplus = -(windowEnd - windowStart) % FRAMES_PER_BUCKET;
            windowStart = Math.max(0, windowStart - Math.floorMod(surplus, FRAMES_PER_BUCKET));

            PriorModel.Latents latents = prior.encode(tokens, phones, style, new FrameSelection(windowStart, windowEnd, speed));
            float[] draw = noise.of(windowStart, windowEnd - windowStart, shape.latentWidth());
            int samplesPerFrame = shape.samplesPerFrame();
            int from = (frame - windowStart) * samplesPerFrame;
            int until = (to - windowStart) * samplesPerFrame;
            int shared = last ? 0 : Math.min(crossFade, (windowEnd - to) * samplesPerFrame);
            float[] samples = waveform.generate(latents, draw, style, from, until + shared);

            fadeIn(samples);
            tail = Arrays.copyOfRange(samples, until - from, samples.length);
            frame = to;
            return Arrays.copyOf(samples, until - from);
        }

        /** Output frames up to the end of so many tokens. */
        private int frames(int tokens, boolean all) {
            int encoded = tokens * shape.framesPerToken();
            return all ? Math.max(1, (int) Math.round(encoded / speed)) : (int) (encoded / speed);
        }

        private void fadeIn(float[] samples) {
            int n = Math.min(tail.length, samples.length);
            for (int i = 0; i < n; i++) {
                float weight = (i + 0.5f) / n;
                samples[i] = tail[i] * (1 - weight) + samples[i] * weight;
            }
        }
    }
}
