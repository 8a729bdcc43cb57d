package io.utter.engine;

/**
 * A chunk of audio to be made.
 *
 * @param slot whose it is
 * @param rendering the sentence
 * @param tokens all tokens of the sentence so far
 * @param end how many of them are to be audio after this
 * @param silence samples of silence before it
 */
record Rendition(Slot slot, Rendering rendering, int[] tokens, int end, int silence) {

    AcousticStage.Piece piece() {
        return new AcousticStage.Piece(rendering, rendering.next(tokens, end));
    }

    /** The samples as they are heard, of those that the acoustic stage made. */
    float[] audio(AcousticStage.Piece piece, float[] made) {
        float[] speech = rendering.join(piece.chunk(), made);
        for (float sample : speech) {
            if (Float.isNaN(sample)) {
                throw new IllegalStateException("the generator's samples are not numbers");
            }
        }
        return withSilence(speech);
    }

    float[] withSilence(float[] speech) {
        float[] samples = new float[silence + speech.length];
        System.arraycopy(speech, 0, samples, silence, speech.length);
        return samples;
    }
}
