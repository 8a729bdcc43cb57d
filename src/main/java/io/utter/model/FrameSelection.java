package io.utter.model;

/**
 * Consecutive output frames of an utterance whose tempo may differ from that of the encoder's frames: output frame {@code w} lies at
 * {@code (w + 1/2) * step - 1/2} in encoder frames, as in torch's linear interpolation with {@code align_corners=False}.
 *
 * @param from first output frame
 * @param to last output frame, exclusive
 * @param step encoder frames per output frame: the speed
 */
public record FrameSelection(int from, int to, double step) {

    public int count() {
        return to - from;
    }

    private double source(int frame) {
        return Math.max(0, (frame + 0.5) * step - 0.5);
    }

    long[] left(int encoded) {
        long[] indices = new long[count()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Math.min((int) source(from + i), encoded - 1);
        }
        return indices;
    }

    long[] right(int encoded) {
        long[] indices = left(encoded);
        for (int i = 0; i < indices.length; i++) {
            indices[i] = Math.min(indices[i] + 1, encoded - 1);
        }
        return indices;
    }

    float[] blend(int encoded) {
        float[] fractions = new float[count()];
        for (int i = 0; i < fractions.length; i++) {
            double source = source(from + i);
            fractions[i] = (float) (source - Math.min((int) source, encoded - 1));
        }
        return fractions;
    }
}
