package io.utter.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How far the context of a sample reaches through flow and generator, layer by layer, computed from kernel sizes and dilations. */
public final class ReceptiveField {
    private final Manifest.Acoustic shape;

    public ReceptiveField(Manifest.Acoustic shape) {
        this.shape = shape;
    }

    /**
     * What is kept of an intermediate result.
     *
     * @param start first element, counted from the start of what the previous crop kept
     * @param end last element, exclusive
     */
    public record Crop(int start, int end) {}

    /** Elements needed of one layer's input. */
    private record Span(int from, int to) {
        Span within(int length) {
            return new Span(Math.max(0, from), Math.min(length, to));
        }

        Span widened(int reach) {
            return new Span(from - reach, to + reach);
        }
    }

    /** Frames before and after a frame that its samples depend on. */
    public int frames() {
        int samples = shape.samplesPerFrame();
        int middle = 1 << 12;
        Span needed = spans(2 * middle, middle * samples, (middle + 1) * samples).getFirst().widened(shape.flowReach());
        return Math.max(middle - needed.from(), needed.to() - middle - 1);
    }

    /**
     * How to crop the intermediate results of a window so that just the wanted samples come out right: after the flow, after each
     * upsampling stage but the last, and at the end. At the ends of the window the context is what there is.
     *
     * @param frames length of the window
     * @param from first sample wanted
     * @param to last sample wanted, exclusive
     */
    List<Crop> crops(int frames, int from, int to) {
        List<Span> spans = spans(frames, from, to);
        List<Crop> crops = new ArrayList<>();
        int origin = 0; // where the kept part starts, in elements of the current layer
        for (int i = 0; i < spans.size(); i++) {
            Span span = spans.get(i);
            crops.add(new Crop(span.from() - origin, span.to() - origin));
            origin = span.from();
            if (i < shape.stages().size()) {
                origin *= shape.stages().get(i).rate();
            }
        }
        return crops;
    }

    /**
     * In which frame, with fraction, each element of a window lies: before and after the first crop, and after each upsampling stage of what was
     * left by the crop before.
     */
    List<float[]> positions(int frames, int from, int to) {
        List<Span> spans = spans(frames, from, to);
        List<float[]> positions = new ArrayList<>();
        positions.add(positions(new Span(0, frames), 1));
        positions.add(positions(spans.getFirst(), 1));
        int perFrame = 1;
        for (int i = 0; i < shape.stages().size(); i++) {
            int rate = shape.stages().get(i).rate();
            perFrame *= rate;
            positions.add(positions(new Span(spans.get(i).from() * rate, spans.get(i).to() * rate), perFrame));
        }
        return positions;
    }

    private static float[] positions(Span span, int perFrame) {
        float[] positions = new float[span.to() - span.from()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (float) (span.from() + i) / perFrame;
        }
        return positions;
    }

    /** The elements needed of: the flow's result, each stage's result but the last, the samples. */
    private List<Span> spans(int frames, int from, int to) {
        List<Span> spans = new ArrayList<>();
        spans.add(new Span(from, to));
        int length = frames * shape.samplesPerFrame();
        Span needed = new Span(from, to).widened(shape.exitReach()).within(length);
        for (int i = shape.stages().size() - 1; i >= 0; i--) {
            Manifest.Stage stage = shape.stages().get(i);
            Span upsampled = needed.widened(stage.reach()).within(length);
            length /= stage.rate();
            needed = new Span(
                    Math.ceilDiv(upsampled.from() + stage.padding() - stage.kernel() + 1, stage.rate()),
                    Math.floorDiv(upsampled.to() - 1 + stage.padding(), stage.rate()) + 1).within(length);
            if (i > 0) {
                spans.add(needed);
            }
        }
        spans.add(needed.widened(shape.entryReach()).within(frames));
        Collections.reverse(spans);
        return spans;
    }
}
