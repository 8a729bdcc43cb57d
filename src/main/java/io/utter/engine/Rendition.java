package io.utter.engine;

import java.time.Duration;

/**
 * A chunk of audio to be made.
 *
 * @param slot whose it is
 * @param chunk its number in the stream
 * @param rendering the sentence
 * @param tokens all tokens of the sentence so far
 * @param end how many of them are to be audio after this
 * @param silence samples of silence before it
 */
record Rendition(Slot slot, int chunk, AcousticStage.Rendering rendering, int[] tokens, int end, int silence) {

    /** Makes the audio. */
    float[] render() {
        long start = System.nanoTime();
        float[] speech = rendering.until(tokens, end);
        for (float sample : speech) {
            if (Float.isNaN(sample)) {
                throw new IllegalStateException("the generator's samples are not numbers");
            }
        }
        float[] samples = new float[silence + speech.length];
        System.arraycopy(speech, 0, samples, silence, speech.length);
        slot.tally.rendered(Duration.ofNanos(System.nanoTime() - start), samples.length);
        return samples;
    }
}
