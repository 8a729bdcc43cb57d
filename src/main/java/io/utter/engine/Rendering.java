package io.utter.engine;

import java.util.Arrays;

/**
 * A sentence that becomes audio from its start to its end, chunk by chunk: what is asked of the acoustic stage for the next chunk, and how
 * its samples are joined to those before. Neighbouring chunks are cross-faded over a few samples that both have computed, which takes up
 * what they differ by: the frames that the earlier one did not know of. Belongs to one thread at a time.
 */
final class Rendering {
    private final AcousticStage.Geometry geometry;
    private final int[] phones;
    private final float[] style;
    private final double speed;
    private final FrameNoise noise;
    private int frame;
    private float[] tail = new float[0];

    Rendering(AcousticStage.Geometry geometry, int[] phones, float[] style, double speed, long noiseKey) {
        this.geometry = geometry;
        this.phones = phones;
        this.style = style;
        this.speed = speed;
        this.noise = new FrameNoise(noiseKey);
    }

    /**
     * A window of frames and what is wanted of it. Chunks of equal extent can be computed together.
     *
     * @param tokens all tokens of the sentence so far
     * @param end how many of them are to be audio after this
     * @param windowStart first frame of the window
     * @param extent its length and the samples wanted
     * @param to the frame that the chunk ends before
     * @param shared samples wanted beyond the chunk's end, for the join
     */
    record Chunk(int[] tokens, int end, int windowStart, Extent extent, int to, int shared) {
        boolean isEmpty() {
            return extent.frames() == 0;
        }
    }

    /**
     * @param frames length of the window
     * @param from first sample wanted, counted from the window's start
     * @param until last sample wanted, exclusive
     */
    record Extent(int frames, int from, int until) {
        static final Extent NONE = new Extent(0, 0, 0);
    }

    /** The chunk from where the one before ended to the end of a token. */
    Chunk next(int[] tokens, int end) {
        boolean last = end == tokens.length;
        int known = frames(tokens.length, true);
        int to = frames(end, last);
        if (to <= frame) {
            return new Chunk(tokens, end, frame, Extent.NONE, frame, 0);
        }
        int windowEnd = Math.min(known, to + geometry.reach());
        int windowStart = geometry.windowStart(Math.max(0, frame - geometry.reach()), windowEnd);
        int samplesPerFrame = geometry.samplesPerFrame();
        int shared = last ? 0 : Math.min(geometry.crossFade(), (windowEnd - to) * samplesPerFrame);
        Extent extent = new Extent(windowEnd - windowStart, (frame - windowStart) * samplesPerFrame, (to - windowStart) * samplesPerFrame + shared);
        return new Chunk(tokens, end, windowStart, extent, to, shared);
    }

    /** Output frames up to the end of so many tokens. */
    private int frames(int tokens, boolean all) {
        int encoded = tokens * geometry.framesPerToken();
        return all ? Math.max(1, (int) Math.round(encoded / speed)) : (int) (encoded / speed);
    }

    /** Joins the chunk's samples to those before it, and takes note of where it ends. */
    float[] join(Chunk chunk, float[] samples) {
        int n = Math.min(tail.length, samples.length);
        for (int i = 0; i < n; i++) {
            float weight = (i + 0.5f) / n;
            samples[i] = tail[i] * (1 - weight) + samples[i] * weight;
        }
        int own = samples.length - chunk.shared();
        tail = Arrays.copyOfRange(samples, own, samples.length);
        frame = chunk.to();
        return Arrays.copyOf(samples, own);
    }

    int[] phones() {
        return phones;
    }

    float[] style() {
        return style;
    }

    double speed() {
        return speed;
    }

    FrameNoise noise() {
        return noise;
    }
}
