package io.utter.importer;

import io.utter.importer.graph.ContentGraph;
import io.utter.importer.graph.Dense;
import io.utter.importer.graph.Weights;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pretrained networks of full size with random weights, to measure speed with: tensors are made as they are asked for (spec A.5). */
final class RandomPretrained {
    static final ContentGraph.Shape CONTENT_SHAPE = new ContentGraph.Shape(List.of(5, 2, 2, 2, 2, 2, 2), 12, 16, 1e-5f);

    private static final List<Integer> CONTENT_KERNELS = List.of(10, 3, 3, 3, 3, 2, 2);
    private static final int CHANNELS = 512;
    private static final int WIDTH = 768;
    private static final int LAYERS = 12;
    private static final int POSITION_KERNEL = 128;
    private static final int POSITION_GROUPS = 16;
    private static final List<Integer> BLOCKS = List.of(3, 4, 6, 3);
    private static final int STEM = 64;
    private static final int SCALE = 4;
    private static final Pattern CONV_LAYER = Pattern.compile("feature_extractor\\.conv_layers\\.(\\d)\\.(conv|layer_norm)\\.(\\w+)");
    private static final Pattern LAYER = Pattern.compile("encoder\\.layers\\.(\\d+)\\.(.+)\\.(weight|bias)");
    private static final Pattern BLOCK = Pattern.compile("layer([1-4])\\.(\\d)\\.(.+)");

    private RandomPretrained() {}

    /** HuBERT base. */
    static Weights content() {
        return weights(RandomPretrained::contentShape);
    }

    /** ERes2NetV2 with width 24 and scale 4. */
    static Weights speaker() {
        return weights(RandomPretrained::speakerShape);
    }

    /** Kept once made: graphs ask more than once for the same. */
    private static Weights weights(Function<String, long[]> shapes) {
        Map<String, Dense> made = new HashMap<>();
        return new Weights(name -> made.computeIfAbsent(name, missing -> {
            long[] shape = shapes.apply(missing);
            return shape == null ? null : values(missing, shape);
        }));
    }

    /** Norms are the identity; all other results are as large as what they are made of. */
    private static Dense values(String name, long[] shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        boolean one = shape.length == 1 && (name.endsWith("weight") || name.endsWith("running_var")) || name.endsWith("weight_g");
        if (one) {
            Arrays.fill(values, 1);
        } else if (shape.length > 1) {
            float deviation = (float) (1 / Math.sqrt(values.length / (double) shape[0]));
            Random random = new Random(name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] = deviation * (float) random.nextGaussian();
            }
        }
        return new Dense(shape, values);
    }

    private static long[] contentShape(String name) {
        Matcher conv = CONV_LAYER.matcher(name);
        if (conv.matches()) {
            int layer = Integer.parseInt(conv.group(1));
            if (conv.group(2).equals("conv")) {
                return conv.group(3).equals("weight") ? new long[] {CHANNELS, layer == 0 ? 1 : CHANNELS, CONTENT_KERNELS.get(layer)} : null;
            }
            return layer == 0 ? new long[] {CHANNELS} : null;
        }
        Matcher layer = LAYER.matcher(name);
        if (layer.matches()) {
            if (Integer.parseInt(layer.group(1)) >= LAYERS) {
                return null;
            }
            boolean weight = layer.group(3).equals("weight");
            return switch (layer.group(2)) {
                case "layer_norm", "final_layer_norm" -> new long[] {WIDTH};
                case "feed_forward.intermediate_dense" -> weight ? new long[] {4 * WIDTH, WIDTH} : new long[] {4 * WIDTH};
                case "feed_forward.output_dense" -> weight ? new long[] {WIDTH, 4 * WIDTH} : new long[] {WIDTH};
                default -> weight ? new long[] {WIDTH, WIDTH} : new long[] {WIDTH};
            };
        }
        return switch (name) {
            case "feature_projection.layer_norm.weight", "feature_projection.layer_norm.bias" -> new long[] {CHANNELS};
            case "feature_projection.projection.weight" -> new long[] {WIDTH, CHANNELS};
            case "encoder.pos_conv_embed.conv.weight_g" -> new long[] {1, 1, POSITION_KERNEL};
            case "encoder.pos_conv_embed.conv.weight_v" -> new long[] {WIDTH, WIDTH / POSITION_GROUPS, POSITION_KERNEL};
            case "feature_projection.projection.bias", "encoder.pos_conv_embed.conv.bias", "encoder.layer_norm.weight", "encoder.layer_norm.bias" ->
                new long[] {WIDTH};
            default -> null;
        };
    }

    private static long[] speakerShape(String name) {
        Matcher block = BLOCK.matcher(name);
        if (block.matches()) {
            int layer = Integer.parseInt(block.group(1));
            int index = Integer.parseInt(block.group(2));
            return index >= BLOCKS.get(layer - 1) ? null : blockShape(layer, index, block.group(3));
        }
        int last = planes(4) * SCALE;
        return switch (name) {
            case "conv1.weight" -> new long[] {STEM, 1, 3, 3};
            case "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var" -> new long[] {STEM};
            case "layer3_ds.weight" -> new long[] {last, last / 2, 3, 3};
            case String fuse when fuse.startsWith("fuse34.local_att.") -> fusion(fuse.substring("fuse34.local_att.".length()), last);
            default -> null;
        };
    }

    private static int planes(int layer) {
        return STEM << (layer - 1);
    }

    private static long[] blockShape(int layer, int index, String name) {
        int width = planes(layer) * 24 / 64;
        int in = layer == 1 && index == 0 ? STEM : (index == 0 ? planes(layer - 1) : planes(layer)) * SCALE;
        int out = planes(layer) * SCALE;
        String[] parts = name.split("\\.");
        return switch (parts[0]) {
            case "conv1" -> new long[] {(long) width * SCALE, in, 1, 1};
            case "bn1" -> new long[] {(long) width * SCALE};
            case "convs" -> Integer.parseInt(parts[1]) < SCALE ? new long[] {width, width, 3, 3} : null;
            case "bns" -> new long[] {width};
            case "conv3" -> new long[] {out, (long) width * SCALE, 1, 1};
            case "bn3" -> new long[] {out};
            case "shortcut" -> index > 0 ? null : parts[1].equals("0") ? (parts[2].equals("weight") ? new long[] {out, in, 1, 1} : null) : new long[] {out};
            case "fuse_models" -> layer < 3 ? null : fusion(parts[3] + "." + parts[4], width);
            default -> null;
        };
    }

    /** Layers 0 and 3 are convolutions, 1 and 4 normalisations. */
    private static long[] fusion(String name, int channels) {
        return switch (name) {
            case "0.weight" -> new long[] {channels / 4, 2L * channels, 1, 1};
            case "3.weight" -> new long[] {channels, channels / 4, 1, 1};
            default -> new long[] {name.startsWith("0.") || name.startsWith("1.") ? channels / 4 : channels};
        };
    }
}
