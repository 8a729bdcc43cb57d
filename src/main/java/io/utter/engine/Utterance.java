package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Manifest;
import io.utter.model.TokenDecoder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * One sentence while its tokens are decoded: the sampler, the guard and the tokens so far. All audio is cut from this one
 * list of tokens. Belongs to the decode loop's thread.
 */
final class Utterance {
    /** With which a collapsed sentence is drawn anew, if that is more than its own. */
    private static final double REDRAW_PENALTY = 1.5;

    private final Manifest.Semantic shape;
    private final Conditioning voice;
    private final Phrase phrase;
    private final int maxTokens;
    private final long seed;
    private final Tally tally;
    private Sampling sampling;
    private Sampler sampler;
    private CollapseGuard guard;
    private int[] tokens = new int[256];
    private int count;
    private boolean prefilled;
    private boolean redrawn;
    private boolean ended;

    final Rendering rendering;
    /** Tokens for which audio has been ordered. */
    int ordered;

    /** @param capacity positions of a row: phones, prompt and tokens */
    Utterance(Manifest.Semantic shape, int capacity, Conditioning voice, Phrase phrase, SpeechOptions options, long seed, Rendering rendering, Tally tally) {
        this.shape = shape;
        this.voice = voice;
        this.phrase = phrase;
        this.sampling = options.sampling();
        int read = voice.phones().length + phrase.phones().length + voice.tokens().length;
        this.maxTokens = IntStream.of(options.maxTokens(), shape.maxTokens(), shape.maxPositions() - voice.tokens().length, capacity - read).min()
                .orElseThrow();
        this.seed = seed;
        this.rendering = rendering;
        this.tally = tally;
        boolean fits = voice.phones().length + phrase.phones().length <= shape.maxPositions()
                && maxTokens >= Math.min(options.maxTokens(), phrase.phones().length); // no sound takes less than a token for each phone
        if (!fits) {
            throw new UtterException.InvalidInput("input", "sentence_too_long", "a sentence of the input is too long to be spoken in one go");
        }
    }

    boolean ended() {
        return ended;
    }

    int count() {
        return count;
    }

    int[] tokens() {
        return Arrays.copyOf(tokens, count);
    }

    boolean prefilled() {
        return prefilled;
    }

    /** Positions that the prefill reads. */
    int prefillRows() {
        return voice.phones().length + phrase.phones().length + voice.tokens().length;
    }

    /** The first pass, which gives the first token. */
    void prefill(TokenDecoder decoder, int row) {
        sampler = new Sampler(sampling, shape.tokens(), shape.endToken(), voice.tokens(), FrameNoise.mix(seed + (redrawn ? 1 : 0)));
        guard = new CollapseGuard(phrase.phones().length, shape.tokens());
        float[] scores = decoder.prefill(row, concat(voice.phones(), phrase.phones()), features(), voice.tokens());
        prefilled = true;
        draw(scores);
    }

    /** What the next step reads. */
    int lastToken() {
        return tokens[count - 1];
    }

    /** Draws the next token. */
    void draw(float[] scores) {
        if (Float.isNaN(scores[0])) {
            throw new UtterException.Failed("inference_failed", "the decoder's scores are not numbers", null);
        }
        int token = sampler.next(scores);
        if (token < 0) {
            ended = true;
        } else {
            take(token);
        }
    }

    /** Features of prompt and text; where only one of them has any, the other's are zero. */
    private float[] features() {
        if (voice.features().length == 0 && phrase.features().length == 0) {
            return new float[0];
        }
        float[] all = new float[(voice.phones().length + phrase.phones().length) * shape.featureWidth()];
        System.arraycopy(voice.features(), 0, all, 0, voice.features().length);
        System.arraycopy(phrase.features(), 0, all, voice.phones().length * shape.featureWidth(), phrase.features().length);
        return all;
    }

    private void take(int token) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
        OptionalInt good = guard.add(token);
        if (good.isPresent()) {
            collapse(good.getAsInt());
        } else if (count >= maxTokens) {
            ended = true;
        }
    }

    /** While nothing is heard the sentence is drawn anew, once; otherwise it ends where it went wrong. */
    private void collapse(int good) {
        if (ordered == 0 && !redrawn) {
            redrawn = true;
            sampling = sampling.withPenalty(Math.max(REDRAW_PENALTY, sampling.repetitionPenalty()));
            prefilled = false;
            count = 0;
            tally.redrawn();
        } else {
            count = Math.max(good, ordered);
            ended = true;
            tally.cut();
        }
    }

    private static int[] concat(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
