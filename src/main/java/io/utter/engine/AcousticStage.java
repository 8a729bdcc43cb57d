package io.utter.engine;

import io.utter.model.FrameSelection;
import io.utter.model.Manifest;
import io.utter.model.PriorModel;
import io.utter.model.WaveformModel;
import java.util.List;


/**
 * Chunks of tokens to samples. Every chunk of a sentence is cut from its one list of tokens; the encoder sees all tokens so far, flow and
 * generator the chunk's frames with all the context before them and the look-ahead after.
 */
class AcousticStage {
    private static final double CROSS_FADE_SECONDS = 0.010;
    /** Windows get a length that is a multiple of this, so that the runtime sees few shapes and chunks of different streams agree. */
    private static final int FRAMES_PER_BUCKET = 10;

    private final PriorModel prior;
    private final WaveformModel waveform;
    private final Geometry geometry;
    private final int latentWidth;

    AcousticStage(PriorModel prior, WaveformModel waveform, Manifest manifest) {
        this.prior = prior;
        this.waveform = waveform;
        this.geometry = new Geometry(waveform.field().frames(), manifest.acoustic().framesPerToken(), manifest.acoustic().samplesPerFrame(),
                Math.min((int) (manifest.sampleRate() * CROSS_FADE_SECONDS), manifest.acoustic().samplesPerFrame()));
        this.latentWidth = manifest.acoustic().latentWidth();
    }

    /**
     * How a bundle's frames lie in time.
     *
     * @param reach frames on either side that a frame's samples depend on
     * @param framesPerToken latent frames per semantic token
     * @param samplesPerFrame samples per latent frame
     * @param crossFade samples over which neighbouring chunks are joined
     */
    record Geometry(int reach, int framesPerToken, int samplesPerFrame, int crossFade) {
        int windowStart(int wanted, int windowEnd) {
            int surplus = -(windowEnd - wanted) % FRAMES_PER_BUCKET;
            return Math.max(0, wanted - Math.floorMod(surplus, FRAMES_PER_BUCKET));
        }
    }

    /** A chunk of a sentence. */
    record Piece(Rendering rendering, Rendering.Chunk chunk) {}

    /** Begins a sentence. */
    Rendering begin(int[] phones, float[] style, double speed, long noiseKey) {
        return new Rendering(geometry, phones, style, speed, noiseKey);
    }

    /**
     * Computes chunks of different sentences, all of the same extent, in one run. Touches nothing of their renderings.
     *
     * @return the samples wanted of each, to be joined to what came before
     */
    List<float[]> samples(List<Piece> pieces) {
        Rendering.Extent extent = pieces.getFirst().chunk().extent();
        List<WaveformModel.Window> windows = pieces.stream().map(this::window).toList();
        return waveform.generate(windows, extent.from(), extent.until());
    }

    private WaveformModel.Window window(Piece piece) {
        Rendering rendering = piece.rendering();
        Rendering.Chunk chunk = piece.chunk();
        int start = chunk.windowStart();
        int frames = chunk.extent().frames();
        PriorModel.Latents latents = prior.encode(chunk.tokens(), rendering.phones(), rendering.style(),
                new FrameSelection(start, start + frames, rendering.speed()));
        return new WaveformModel.Window(latents, rendering.noise().of(start, frames, latentWidth), rendering.style());
    }

}
