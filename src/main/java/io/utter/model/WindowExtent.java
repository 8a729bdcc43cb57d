package io.utter.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is the same in all runs of one size of the masked waveform graph: as many frames as reach lie before and behind those that are wanted, so
 * that nothing depends on where a window ends.
 *
 * @param windows in the run
 * @param wanted frames of each whose samples are made
 */
record WindowExtent(int windows, int wanted) {

    /** Frames of a window, with their context. */
    int frames(ReceptiveField field) {
        return wanted + 2 * field.frames();
    }

    /** How intermediate results are cropped. */
    List<ReceptiveField.Crop> crops(Manifest.Acoustic shape, ReceptiveField field) {
        int from = field.frames() * shape.samplesPerFrame();
        return field.crops(frames(field), from, from + wanted * shape.samplesPerFrame());
    }

    /** In which frame each element of each layer lies. */
    List<float[]> positions(Manifest.Acoustic shape, ReceptiveField field) {
        int from = field.frames() * shape.samplesPerFrame();
        return field.positions(frames(field), from, from + wanted * shape.samplesPerFrame());
    }

    /** Extents of the inputs that differ from run to run, in the order in which they travel. */
    Map<String, List<Long>> sent(Manifest.Acoustic shape, ReceptiveField field) {
        long count = windows;
        List<Long> latents = List.of(count, (long) shape.latentWidth(), (long) frames(field));
        Map<String, List<Long>> inputs = new LinkedHashMap<>();
        inputs.put("mean", latents);
        inputs.put("log_deviation", latents);
        inputs.put("noise", latents);
        inputs.put("style", List.of(count, (long) shape.styleWidth()));
        inputs.put("first", List.of(count, 1L, 1L));
        inputs.put("last", List.of(count, 1L, 1L));
        return inputs;
    }

    /** Extents of all inputs but the crops. */
    Map<String, List<Long>> inputs(Manifest.Acoustic shape, ReceptiveField field) {
        Map<String, List<Long>> inputs = sent(shape, field);
        List<float[]> positions = positions(shape, field);
        for (int i = 0; i < positions.size(); i++) {
            inputs.put("position." + i, List.of((long) positions.get(i).length));
        }
        return inputs;
    }
}
