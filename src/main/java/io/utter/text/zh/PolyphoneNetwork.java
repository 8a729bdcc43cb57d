package io.utter.text.zh;

/** g2pW's network, wherever it runs: how likely each reading is of some characters of a text (spec/gpt-sovits.md 2.7). Safe for use by many threads. */
@FunctionalInterface
public interface PolyphoneNetwork {

    /**
     * @param tokens ids of the text's characters, with the marks at either end; at most 512
     * @param masks 1 for each label that the character of a query may have, else 0; [queries, labels], row by row
     * @param characters numbers of the characters that are asked for, one for each query
     * @param positions where they are among the tokens
     * @return [queries, labels], row by row
     */
    float[] probabilities(long[] tokens, float[] masks, long[] characters, long[] positions);
}
