package io.utter.importer.graph;

/**
 * Semantic tokens and phones to the distribution of latent frames (upstream's {@code enc_p}; spec 5.1).
 *
 * <p>Frames come at 50 per second, two per token. The encoder always sees all tokens; {@code left}, {@code right} and {@code blend}
 * then pick the frames that are wanted: frame w of the result lies between encoder frames left[w] and right[w], at the fraction
 * blend[w]. That is how the speed changes, and how a window of a longer utterance is cut out.
 *
 * <pre>
 * tokens          int64 [tokens]
 * phones          int64 [phones]
 * frame_position  int64 [2 tokens]      0, 1, 2, ...
 * phone_position  int64 [phones]        0, 1, 2, ...
 * style           float [1, styleWidth]
 * left, right     int64 [window];  blend float [window]
 * mean, log_deviation  float [1, width, window]
 * </pre>
 */
public final class PriorGraph {
    private static final int FRAMES_PER_TOKEN = 2;
    private static final int CROSS_ATTENTION_HEADS = 4;
    private static final int RELATIVE_WINDOW = 4;
    /** Only the Pro generations have it. */
    private static final String STYLE_PROJECTION = "ge_to512";

    private final GraphBuilder g;
    private final Weights weights;
    private final Weights encoder;
    private final int heads;

    private PriorGraph(GraphBuilder g, Weights weights, int heads) {
        this.g = g;
        this.weights = weights;
        this.encoder = weights.at("enc_p");
        this.heads = heads;
    }

    /** @param heads self-attention heads of the encoders */
    public static void write(GraphBuilder g, Weights weights, int heads) {
        new PriorGraph(g, weights, heads).write();
    }

    private void write() {
        Value tokens = g.input("tokens", ElementType.INT64, "tokens");
        Value framePosition = g.input("frame_position", ElementType.INT64, "frames");
        Value style = g.input("style", ElementType.FLOAT, 1, styleWidth());
        Value left = g.input("left", ElementType.INT64, "window");
        Value right = g.input("right", ElementType.INT64, "window");
        Value blend = g.input("blend", ElementType.FLOAT, "window");
        // Inputs that a bundle's weights leave unread are declared all the same: every bundle is called alike.
        Value phones = g.input("phones", ElementType.INT64, "phones");
        Value phonePosition = g.input("phone_position", ElementType.INT64, "phones");

        RelativeEncoder frames = new RelativeEncoder(g, framePosition, heads, RELATIVE_WINDOW);
        Value x = frames.apply("ssl", quantized(tokens), encoder.at("encoder_ssl")); // [1, frames, width]
        x = withText(x, phones, phonePosition, style);
        x = frames.apply("joint", x, encoder.at("encoder2"));
        x = between(x, left, right, blend); // [1, window, width]

        Linear projection = Linear.of(encoder, "proj");
        int width = projection.matrix().extent(1) / 2;
        var halves = g.split(g.transpose(projection.apply(g, "proj", x), 0, 2, 1), 1, 2);
        g.output("mean", halves.get(0), ElementType.FLOAT, 1, width, "window");
        g.output("log_deviation", halves.get(1), ElementType.FLOAT, 1, width, "window");
    }

    private int styleWidth() {
        return hasStyleProjection() ? weights.get(STYLE_PROJECTION + ".weight").extent(1) : encoder.get("mrte.c_pre.weight").extent(0);
    }

    private boolean hasStyleProjection() {
        return weights.has(STYLE_PROJECTION + ".weight");
    }

    /** What the style adds to frames: in the Pro generations a narrower vector that is made of it. */
    private Linear styleLayer(Linear after) {
        return hasStyleProjection() ? Linear.of(weights, STYLE_PROJECTION).then(after) : after;
    }

    /** Codebook row of each token, projected, twice: [1, frames, width]. The projection is part of the table. */
    private Value quantized(Value tokens) {
        Dense codebook = weights.get("quantizer.vq.layers.0._codebook.embed"); // [codes, contentWidth]
        Linear projection = Linear.of(encoder, "ssl_proj");
        Dense table = codebook.matMul(projection.matrix());
        int width = table.extent(1);
        for (int i = 0; i < table.values().length; i++) {
            table.values()[i] += projection.bias().values()[i % width];
        }
        Value row = g.unsqueeze(g.gather(g.weight("codebook", table), tokens, 0), 1); // [tokens, 1, width]
        return g.reshape(g.concat(1, row, row), 1, -1, width);
    }

    /**
     * Multi-reference timbre encoder: cross-attention from frames to phones, plus the frames, plus the style, all between pointwise
     * layers. Those follow each other without anything in between, so they are multiplied out here.
     */
    private Value withText(Value x, Value phones, Value phonePosition, Value style) {
        Weights mrte = encoder.at("mrte");
        Linear before = Linear.of(mrte, "c_pre");
        Linear after = Linear.of(mrte, "c_post");
        Linear noBias = new Linear(after.matrix(), after.bias().times(0));

        Value sum = g.add(before.then(after).apply(g, "mrte.frames", x), styleLayer(noBias).apply(g, "mrte.style", style));
        Weights attention = mrte.at("cross_attention");
        if (attention.get("conv_o.weight").isZero()) { // a decoder that never listens to the text
            Dense constant = attention.get("conv_o.bias");
            return g.add(sum, g.weight("mrte.text", constant.reshaped(1, constant.values().length).matMul(after.matrix())));
        }
        Value text = textEncoding(phones, phonePosition);
        Linear textBefore = Linear.of(mrte, "text_pre");
        int width = attention.get("conv_q.weight").extent(0);
        int headWidth = width / CROSS_ATTENTION_HEADS;
        float scale = (float) (1 / Math.sqrt(headWidth));

        Value query = g.splitHeads(before.then(Linear.of(attention, "conv_q")).times(scale).apply(g, "mrte.q", x), CROSS_ATTENTION_HEADS, headWidth);
        Value key = g.splitHeadsTransposed(textBefore.then(Linear.of(attention, "conv_k")).apply(g, "mrte.k", text), CROSS_ATTENTION_HEADS, headWidth);
        Value value = g.splitHeads(textBefore.then(Linear.of(attention, "conv_v")).apply(g, "mrte.v", text), CROSS_ATTENTION_HEADS, headWidth);
        Value attended = g.matMul(g.softmax(g.matMul(query, key), 3), value); // [1, heads, frames, headWidth]
        Value joined = g.joinHeads(attended, width);
        return g.add(sum, Linear.of(attention, "conv_o").then(noBias).apply(g, "mrte.o", joined));
    }

    private Value textEncoding(Value phones, Value phonePosition) {
        Value embedded = g.unsqueeze(g.gather(g.weight("phones.embedding", encoder.get("text_embedding.weight")), phones, 0), 0);
        return new RelativeEncoder(g, phonePosition, heads, RELATIVE_WINDOW).apply("text", embedded, encoder.at("encoder_text"));
    }

    /** Linear interpolation along time, as torch's {@code interpolate(mode="linear", align_corners=False)}. */
    private Value between(Value x, Value left, Value right, Value blend) {
        Value a = g.gather(x, left, 1);
        Value b = g.gather(x, right, 1);
        return g.add(a, g.mul(g.sub(b, a), g.unsqueeze(blend, 0, 2)));
    }

    /** Latent frames per semantic token. */
    public static int framesPerToken() {
        return FRAMES_PER_TOKEN;
    }
}
