package io.utter.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Latent frames to samples: flow and generator (spec 5.2, 5.3). Safe for use by many threads. */
public final class WaveformModel implements AutoCloseable {
    private final Network network;
    private final ReceptiveField field;
    private final int latentWidth;

    public WaveformModel(Bundle bundle, int threads) {
        Manifest.Acoustic shape = bundle.manifest().acoustic();
        this.network = new Network(bundle.file(Bundle.WAVEFORM), threads);
        this.field = new ReceptiveField(shape);
        this.latentWidth = shape.latentWidth();
    }

    /** What the samples of a frame depend on. */
    public ReceptiveField field() {
        return field;
    }

    /**
     * @param latents a window of consecutive frames
     * @param noise standard normal values, [latentWidth, frames]
     * @param style style vector, [styleWidth]
     * @param from first sample wanted, counted from the window's start
     * @param to last sample wanted, exclusive
     * @return the samples from {@code from} to {@code to}
     */
    public float[] generate(PriorModel.Latents latents, float[] noise, float[] style, int from, int to) {
        int frames = latents.frames();
        List<ReceptiveField.Crop> crops = field.crops(frames, from, to);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put("mean", network.floats(latents.mean(), 1, latentWidth, frames));
            inputs.put("log_deviation", network.floats(latents.logDeviation(), 1, latentWidth, frames));
            inputs.put("noise", network.floats(noise, 1, latentWidth, frames));
            inputs.put("style", network.floats(style, 1, style.length));
            for (int i = 0; i < crops.size(); i++) {
                inputs.put("crop." + i + ".start", network.longs(new long[] {crops.get(i).start()}, 1));
                inputs.put("crop." + i + ".end", network.longs(new long[] {crops.get(i).end()}, 1));
            }
            try (OrtSession.Result result = network.run(inputs, Map.of())) {
                return Network.array(result, "samples");
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
