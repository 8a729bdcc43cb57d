package io.utter.engine;

/**
 * Standard normal noise that belongs to a frame: the same frame of the same utterance has the same noise in every chunk that sees it,
 * so that chunks agree where they overlap. Counter-based: SplitMix64 of (key, frame, channel), then Box-Muller.
 */
final class FrameNoise {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;

    FrameNoise(long key) {
        this.key = key;
    }

    /** Noise of consecutive frames, [channels, frames]. */
    float[] of(int firstFrame, int frames, int channels) {
        float[] noise = new float[channels * frames];
        for (int f = 0; f < frames; f++) {
            long frameKey = mix(key + (firstFrame + f) * GOLDEN_GAMMA);
            for (int c = 0; c < channels; c += 2) {
                long bits = mix(frameKey + (c + 1) * GOLDEN_GAMMA);
                double u = ((bits >>> 40) + 1) * 0x1p-24; // (0, 1]
                double v = (bits & 0xFFFFFF) * 0x1p-24;
                double radius = Math.sqrt(-2 * Math.log(u));
                noise[c * frames + f] = (float) (radius * Math.cos(2 * Math.PI * v));
                if (c + 1 < channels) {
                    noise[(c + 1) * frames + f] = (float) (radius * Math.sin(2 * Math.PI * v));
                }
            }
        }
        return noise;
    }

    /** Steele, Lea and Flood 2014. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
