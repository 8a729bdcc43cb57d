package io.utter.engine;

/**
 * Decides when tokens become audio. The first chunk of a stream is small and leaves as soon as it can be made; later ones grow, since
 * a listener then has audio to hear in the meantime. After the first, some tokens are held back, so that what is left at the end of a
 * sentence is never a sliver.
 *
 * @param first tokens of the first chunk
 * @param lookAhead tokens that must be known beyond a chunk's end, for its last frames to sound right
 * @param hold tokens held back after later chunks; at least the look-ahead
 * @param growth how much longer each chunk may be than the one before
 * @param longest most tokens of a chunk
 */
public record ChunkPlan(int first, int lookAhead, int hold, double growth, int longest) {
    public static final ChunkPlan DEFAULT = new ChunkPlan(12, 4, 8, 1.5, 75);

    /** Each sentence at once, when all of it is known. */
    public static final ChunkPlan WHOLE = new ChunkPlan(1 << 20, 1, 1, 1, 1 << 20);

    public ChunkPlan {
        if (first < 1 || lookAhead < 1 || hold < lookAhead || growth < 1 || longest < first) {
            throw new IllegalArgumentException("impossible chunk plan");
        }
    }

    /**
     * Where the next chunk ends.
     *
     * @param index how many chunks the stream has had
     * @param begun tokens of the sentence that are audio already
     * @param known tokens of the sentence decoded so far
     * @param ended whether these are all
     * @return the chunk's end in tokens, or {@code begun} if it is too early for a chunk
     */
    int next(int index, int begun, int known, boolean ended) {
        int size = size(index);
        if (ended) {
            return known - begun <= size + hold ? known : begun + size;
        }
        int held = index == 0 ? lookAhead : hold;
        return known - begun >= size + held ? begun + size : begun;
    }

    private int size(int index) {
        return (int) Math.min(longest, first * Math.pow(growth, Math.min(index, 64)));
    }
}
