package io.utter.model;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The extents of inputs that a TensorRT engine takes. An engine refuses all others, and is fastest at the usual ones.
 *
 * @param least by input
 * @param usual by input
 * @param most by input
 */
public record EngineProfile(Map<String, List<Long>> least, Map<String, List<Long>> usual, Map<String, List<Long>> most) {

    /**
     * For all extents in which a {@link WaveformLane} runs its graph. Most of what is spoken is made in the longest windows, so these are the usual
     * ones.
     *
     * @param windows most in a run
     */
    static EngineProfile ofWaveform(Manifest.Acoustic shape, int windows) {
        ReceptiveField field = new ReceptiveField(shape);
        return new EngineProfile(new WindowExtent(1, WindowLengths.SHORTEST).inputs(shape, field),
                new WindowExtent(1, WindowLengths.LONGEST).inputs(shape, field),
                new WindowExtent(WindowLengths.windows(windows), WindowLengths.LONGEST).inputs(shape, field));
    }

    /** Whether inputs of all these extents are taken, too. */
    boolean covers(EngineProfile other) {
        return least.keySet().equals(other.least.keySet()) && most.keySet().equals(other.most.keySet())
                && other.least.entrySet().stream().allMatch(input -> atMost(least.get(input.getKey()), input.getValue()))
                && other.most.entrySet().stream().allMatch(input -> atMost(input.getValue(), most.get(input.getKey())));
    }

    private static boolean atMost(List<Long> a, List<Long> b) {
        return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> a.get(i) <= b.get(i));
    }

    /** As ONNX Runtime wants it: {@code name:1x2x3,other:1}. */
    static String text(Map<String, List<Long>> extents) {
        return extents.entrySet().stream()
                .map(input -> input.getKey() + ":" + input.getValue().stream().map(String::valueOf).collect(Collectors.joining("x")))
                .collect(Collectors.joining(","));
    }
}
