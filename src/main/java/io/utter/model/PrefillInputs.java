package io.utter.model;

import java.util.Arrays;

/**
 * What a prefill reads of phones and prompt.
 *
 * @param phones how many of its rows are phones, which come first
 * @param ids in the index space that phones and tokens share, [rows]
 * @param positions phones and tokens count from 0 each, [rows]
 */
record PrefillInputs(int phones, long[] ids, long[] positions) {
    /** Added to the score of what must not be looked at. */
    static final float MASKED = -1e30f;

    static PrefillInputs of(Manifest.Semantic shape, int[] phones, int[] prompt) {
        int count = phones.length + prompt.length;
        long[] ids = new long[count];
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            boolean phone = i < phones.length;
            ids[i] = phone ? phones[i] : shape.phones() + prompt[i - phones.length];
            positions[i] = phone ? i : i - phones.length;
        }
        return new PrefillInputs(phones.length, ids, positions);
    }

    /** Phones see all phones; a token sees all phones and the tokens up to itself. [rows, columns] */
    float[] mask(int columns) {
        float[] all = new float[ids.length * columns];
        for (int row = 0; row < ids.length; row++) {
            Arrays.fill(all, row * columns + Math.max(phones, row + 1), (row + 1) * columns, MASKED);
        }
        return all;
    }
}
