package io.utter.importer.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Filter banks to a speaker embedding (ERes2NetV2, Chen et al. 2024, up to the pooling that upstream takes; spec 3.5). Normalisations over
 * batches are folded into the convolutions before them.
 *
 * <pre>
 * filter_bank  float [1, frames, 80]
 * embedding    float [1, speakerWidth]
 * </pre>
 */
public final class SpeakerGraph {
    private static final int BANDS = 80;
    private static final int LAYERS = 4;
    private static final float EPSILON = 1e-5f;
    /** Bound of its rectified units. */
    private static final float MOST = 20;
    /** The deepest layer halves bands three times. */
    private static final int LAST_BANDS = BANDS / 8;

    private final GraphBuilder g;
    private final Weights weights;

    private SpeakerGraph(GraphBuilder g, Weights weights) {
        this.g = g;
        this.weights = weights;
    }

    /** Width of the embedding. */
    public static int width(Weights weights) {
        return weights.get("fuse34.local_att.3.weight").extent(0) * LAST_BANDS;
    }

    public static void write(GraphBuilder g, Weights weights) {
        new SpeakerGraph(g, weights).write();
    }

    private void write() {
        Value bank = g.input("filter_bank", ElementType.FLOAT, 1, "frames", BANDS);
        Value x = g.unsqueeze(g.transpose(bank, 0, 2, 1), 1); // [1, 1, bands, frames]
        x = g.relu(normed("stem", weights, "conv1", "bn1", x, 1));
        Value third = null;
        for (int layer = 1; layer <= LAYERS; layer++) {
            for (int i = 0; i < weights.countOf("layer" + layer, "conv1.weight"); i++) {
                x = block("layer" + layer + "." + i, x, layer > 1 && i == 0 ? 2 : 1);
            }
            third = layer == LAYERS - 1 ? x : third;
        }
        Value coarse = convolution("layer3_ds", weights.get("layer3_ds.weight"), null, third, 2);
        Value fused = fused("fuse34", x, coarse); // [1, channels, bands, frames]
        g.output("embedding", g.reduceMean(g.reshape(fused, 0, width(weights), -1), 2, false), ElementType.FLOAT, 1, width(weights));
    }

    private Value block(String name, Value x, int stride) {
        Weights block = weights.at(name);
        int scale = block.countOf("convs", "weight");
        List<Value> groups = g.split(clamped(normed(name + ".in", block, "conv1", "bn1", x, stride)), 1, scale);
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < scale; i++) {
            Value group = groups.get(i);
            if (i > 0) {
                boolean fuses = block.has("fuse_models." + (i - 1) + ".local_att.0.weight");
                Value before = outputs.getLast();
                group = fuses ? fused(name + ".fuse_models." + (i - 1), before, group) : g.add(before, group);
            }
            outputs.add(clamped(normed(name + ".conv" + i, block, "convs." + i, "bns." + i, group, 1)));
        }
        Value out = normed(name + ".out", block, "conv3", "bn3", g.concat(1, outputs.toArray(Value[]::new)), 1);
        Value residual = block.has("shortcut.0.weight") ? normed(name + ".short", block, "shortcut.0", "shortcut.1", x, stride) : x;
        return clamped(g.add(out, residual));
    }

    /** Attentional fusion of two feature maps (Dai et al. 2021): {@code a x + (2 - a) y}. */
    private Value fused(String name, Value x, Value y) {
        Weights attention = weights.at(name + ".local_att");
        Value h = normed(name + ".0", attention, "0", "1", g.concat(1, x, y), 1);
        Value a = g.add(g.tanh(normed(name + ".3", attention, "3", "4", g.mul(h, g.sigmoid(h)), 1)), g.scalar(1));
        return g.add(g.mul(x, a), g.mul(y, g.sub(g.scalar(2), a)));
    }

    private Value clamped(Value x) {
        return g.clip(x, g.scalar(0), g.scalar(MOST));
    }

    /** A convolution and the normalisation over batches after it, as one. */
    private Value normed(String name, Weights at, String conv, String norm, Value x, int stride) {
        Dense kernel = at.get(conv + ".weight");
        Weights by = at.at(norm);
        float[] scale = by.get("weight").values().clone();
        float[] shift = by.get("bias").values().clone();
        float[] mean = by.get("running_mean").values();
        float[] variance = by.get("running_var").values();
        for (int i = 0; i < scale.length; i++) {
            scale[i] /= (float) Math.sqrt(variance[i] + EPSILON);
            float bias = at.has(conv + ".bias") ? at.get(conv + ".bias").values()[i] : 0;
            shift[i] += (bias - mean[i]) * scale[i];
        }
        return convolution(name, kernel.scaled(scale), Dense.vector(shift), x, stride);
    }

    private Value convolution(String name, Dense kernel, Dense bias, Value x, int stride) {
        int size = kernel.extent(2);
        return g.conv(x, g.operand(name, kernel), bias == null ? null : g.operand(name + ".bias", bias), new int[] {size, size}, stride, size / 2, 1);
    }
}
