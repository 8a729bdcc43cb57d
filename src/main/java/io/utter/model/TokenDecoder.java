package io.utter.model;

/**
 * Sequences of semantic tokens that are decoded together, one a row. Rows are independent: what a row computes does not depend on what
 * is in the others. Belongs to one thread at a time.
 */
public interface TokenDecoder extends AutoCloseable {

    /** In place of a token: this row stands still. */
    int NONE = -1;

    Manifest.Semantic shape();

    /** Positions that a row has: phones, prompt and tokens together. */
    int capacity();

    /**
     * Reads phones and prompt into a row, forgetting what was there before. Phones see all phones; a token sees all phones and the tokens
     * before it.
     *
     * @param phones of the prompt, then of the text; at least one
     * @param features text features [phones, featureWidth], row by row, or an empty array if they are all zero
     * @param prompt tokens of the reference, may be empty
     * @return scores of the first token, [tokens]; overwritten by the next call
     */
    float[] prefill(int row, int[] phones, float[] features, int[] prompt);

    /**
     * Takes one token in each of the first rows and goes one step on; {@link #scores} then tells what may follow.
     *
     * @param next the token of row 0, 1, ...; {@link #NONE} where a row stands still
     */
    void step(int[] next);

    /** The same for one row alone, whatever the others do. */
    void stepAlone(int row, int next);

    /** Scores of a row's next token after a step, [tokens]; overwritten by the next call. */
    float[] scores(int row);

    /** Exchanges two rows. */
    void exchange(int a, int b);

    /** A row is not needed any more. */
    void forget(int row);

    /** Bytes that have been copied between the processor's memory and the device's so far; 0 where they are the same. */
    long copiedBytes();

    /** Memory of keys and values, in bytes. */
    long cacheBytes();

    @Override
    void close();
}
