package io.utter.importer.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Latent frames to samples: the normalising flow, reversed (spec 5.2), and the HiFi-GAN generator (Kong et al. 2020; spec 5.3).
 *
 * <p>Works on a window of an utterance. Every layer reads some context, which shrinks towards the output: {@code crop.i.start} and
 * {@code crop.i.end} cut the i-th intermediate result down to what the following layers still need (crop 0: frames after the flow;
 * crop i: the result of upsampling stage i - 1; the last crop: samples). Nothing is computed that is not heard, except that context.
 *
 * <pre>
 * mean, log_deviation, noise  float [batch, width, window]
 * style                       float [batch, styleWidth]
 * crop.i.start, crop.i.end    int64 [1], i = 0 ... stages
 * samples                     float [batch, samples]
 * </pre>
 *
 * <p>The masked form, for devices, takes windows that are longer than what there is of an utterance: what lies outside is zero wherever a
 * convolution reads it, as it is beyond the ends of a window of the right length. So a few lengths serve all, and can be captured.
 *
 * <pre>
 * first, last                 float [batch, 1, 1]  the frames that there are: from first on, before last
 * position.0                  float [window]       number of each frame
 * position.1                  float [frames]       the same after crop 0
 * position.i                  float [...]          frame in which each element lies after upsampling stage i - 2, with fraction
 * </pre>
 */
public final class WaveformGraph {
    private static final float NOISE_SCALE = 0.5f;
    private static final float SLOPE = 0.1f;
    private static final float LAST_SLOPE = 0.01f;
    private static final int FLOWS = 4;

    private final GraphBuilder g;
    private final Weights weights;
    private final GeneratorShape shape;
    /** [batch, 1, elements] by layer: one inside, zero outside; empty where a window has nothing outside. */
    private final List<Value> masks = new ArrayList<>();

    private WaveformGraph(GraphBuilder g, Weights weights, GeneratorShape shape) {
        this.g = g;
        this.weights = weights;
        this.shape = shape;
    }

    public static void write(GraphBuilder g, Weights weights, GeneratorShape shape) {
        new WaveformGraph(g, weights, shape).write();
    }

    /** The form whose windows may be longer than what there is. */
    public static void writeMasked(GraphBuilder g, Weights weights, GeneratorShape shape) {
        WaveformGraph graph = new WaveformGraph(g, weights, shape);
        graph.makeMasks();
        graph.write();
    }

    private void makeMasks() {
        Value first = g.input("first", ElementType.FLOAT, "batch", 1, 1);
        Value last = g.input("last", ElementType.FLOAT, "batch", 1, 1);
        for (int layer = 0; layer < shape.stages().size() + 2; layer++) {
            Value position = g.input("position." + layer, ElementType.FLOAT, "elements." + layer);
            Value beforeTheEnd = g.where(g.less(position, last), g.scalar(1), g.scalar(0));
            masks.add(g.where(g.less(position, first), g.scalar(0), beforeTheEnd));
        }
    }

    /** @param layer 0: frames; 1: frames after crop 0; from 2 on: after upsampling stage layer - 2 */
    private Value masked(int layer, Value x) {
        return masks.isEmpty() ? x : g.mul(x, masks.get(layer));
    }

    private void write() {
        int width = weights.get("dec.conv_pre.weight").extent(1);
        Value mean = g.input("mean", ElementType.FLOAT, "batch", width, "window");
        Value logDeviation = g.input("log_deviation", ElementType.FLOAT, "batch", width, "window");
        Value noise = g.input("noise", ElementType.FLOAT, "batch", width, "window");
        Value style = g.input("style", ElementType.FLOAT, "batch", weights.get("dec.cond.weight").extent(1));

        Value z = g.add(mean, g.mul(noise, g.mul(g.exp(logDeviation), g.scalar(NOISE_SCALE))));
        g.output("samples", generate(crop(0, unflow(z, style)), style), ElementType.FLOAT, "batch", "samples");
    }

    private Value crop(int index, Value x) {
        return g.slice(x, g.input("crop." + index + ".start", ElementType.INT64, 1), g.input("crop." + index + ".end", ElementType.INT64, 1), 2);
    }

    // Flow

    /**
     * The couplings in reverse order. Upstream flips the channels before each; here the weights are flipped instead, so that the
     * couplings take turns: the lower half moves the upper, or the reverse.
     */
    private Value unflow(Value z, Value style) {
        List<Value> halves = new ArrayList<>(g.split(z, 1, 2)); // [batch, width/2, window] each
        boolean moved = false;
        for (int i = FLOWS - 1; i >= 0; i--) {
            Weights coupling = weights.at("flow.flows." + 2 * i);
            boolean flipped = (FLOWS - 1 - i) % 2 == 0;
            if (coupling.get("post.weight").isZero() && coupling.get("post.bias").isZero()) {
                continue; // an identity
            }
            int from = flipped ? 1 : 0;
            int to = 1 - from;
            halves.set(to, g.sub(halves.get(to), shift("flow" + i, halves.get(from), style, coupling, flipped)));
            moved = true;
        }
        return moved ? g.concat(1, halves.get(0), halves.get(1)) : z;
    }

    /** WaveNet-like layers (van den Oord et al. 2016) conditioned on the style: what to subtract from the other half. */
    private Value shift(String name, Value half, Value style, Weights coupling, boolean flipped) {
        Dense pre = coupling.get("pre.weight");
        Dense post = coupling.get("post.weight");
        Dense postBias = coupling.get("post.bias");
        if (flipped) {
            pre = pre.reversed(1);
            post = post.reversed(0);
            postBias = postBias.reversed(0);
        }
        Weights net = coupling.at("enc");
        int layers = net.countOf("in_layers", "bias");
        List<Value> conditions = conditions(name, net, layers, style);

        Value x = masked(0, new Convolution(pre, coupling.get("pre.bias")).apply(g, name + ".pre", half)); // [batch, hidden, window]
        Value skipped = null;
        for (int i = 0; i < layers; i++) {
            Convolution in = new Convolution(net.at("in_layers." + i).kernel(), null); // its bias is in the condition
            List<Value> gates = g.split(g.add(in.apply(g, name + ".in" + i, x), conditions.get(i)), 1, 2);
            Value gated = g.mul(g.tanh(gates.get(0)), g.sigmoid(gates.get(1)));
            Value out = Convolution.of(net, "res_skip_layers." + i).apply(g, name + ".out" + i, gated);
            Value skip = out;
            if (i < layers - 1) {
                List<Value> parts = g.split(out, 1, 2);
                x = masked(0, g.add(x, parts.get(0)));
                skip = parts.get(1);
            }
            skipped = skipped == null ? skip : g.add(skipped, skip);
        }
        return masked(0, new Convolution(post, postBias).apply(g, name + ".post", skipped));
    }

    /** What the style adds in each layer, the layer's own bias included: [batch, 2 hidden, 1] each. */
    private List<Value> conditions(String name, Weights net, int layers, Value style) {
        Linear condition = Convolution.of(net, "cond_layer").pointwise();
        Dense bias = net.get("in_layers.0.bias");
        for (int i = 1; i < layers; i++) {
            bias = bias.followedBy(net.get("in_layers." + i + ".bias"));
        }
        Value all = new Linear(condition.matrix(), condition.bias().plus(bias)).apply(g, name + ".cond", style);
        return g.split(g.unsqueeze(all, 2), 1, layers);
    }

    // Generator

    private Value generate(Value z, Value style) {
        Weights generator = weights.at("dec");
        Value x = Convolution.of(generator, "conv_pre").apply(g, "dec.pre", z); // [batch, channels, frames]
        Value condition = Convolution.of(generator, "cond").pointwise().apply(g, "dec.cond", style);
        x = masked(1, g.add(x, g.unsqueeze(condition, 2)));
        float owed = 1; // the factor by which x is too large; leaky ReLUs let it through to the next weights
        int blocks = shape.blockKernels().size();
        for (int stage = 0; stage < shape.stages().size(); stage++) {
            x = masked(stage + 2, upsample(stage, g.leakyRelu(x, SLOPE), 1 / owed, generator.at("ups." + stage)));
            x = residualBlocks(stage, blocks, x, generator);
            owed = blocks;
            if (stage < shape.stages().size() - 1) {
                x = crop(stage + 1, x);
            }
        }
        Convolution last = Convolution.of(generator, "conv_post");
        Convolution paid = new Convolution(last.kernel().times(1 / owed), last.bias());
        x = g.tanh(paid.applyExactly(g, "dec.post", g.leakyRelu(x, LAST_SLOPE))); // [batch, 1, samples]
        return g.reshape(crop(shape.stages().size(), x), 0, -1);
    }

    private Value upsample(int index, Value x, float factor, Weights weights) {
        GeneratorShape.Stage stage = shape.stages().get(index);
        return new Upsampling(weights.kernel().times(factor), weights.get("bias"), stage.rate(), stage.padding()).apply(g, "dec.up" + index, x);
    }

    /** The sum (upstream: the mean) of the residual blocks of a stage. */
    private Value residualBlocks(int stage, int blocks, Value x, Weights generator) {
        int channels = generator.get("ups." + stage + ".bias").extent(0);
        Layout layout = masks.isEmpty() && channels % Rows.BLOCK == 0
                ? Rows.of(g, "stage" + stage, channels, shape.contextOfBlocks()) : new Line(g);
        Value input = layout.enter(x);
        Value activeInput = layout.leakyRelu(input, SLOPE);
        Value sum = null;
        for (int b = 0; b < blocks; b++) {
            Weights block = generator.at("resblocks." + (stage * blocks + b));
            List<Integer> dilations = shape.blockDilations().get(b);
            Value y = input;
            for (int i = 0; i < dilations.size(); i++) {
                String name = "dec.block" + stage + "." + b + "." + i;
                Value active = i == 0 ? activeInput : layout.leakyRelu(y, SLOPE);
                Value inner = layout.convolution(name + "a", Convolution.of(block, "convs1." + i), active, dilations.get(i));
                Value own = layout.convolution(name + "b", Convolution.of(block, "convs2." + i), g.leakyRelu(masked(stage + 2, inner), SLOPE), 1);
                y = masked(stage + 2, layout.add(y, own));
            }
            sum = sum == null ? y : layout.add(sum, y);
        }
        return layout.leave(sum);
    }
}
