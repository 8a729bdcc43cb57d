package io.utter.importer;

import io.utter.importer.checkpoint.GptCheckpoint;
import io.utter.importer.checkpoint.GptConfig;
import io.utter.importer.checkpoint.SovitsCheckpoint;
import io.utter.importer.checkpoint.SovitsConfig;
import io.utter.importer.checkpoint.StoredTensor;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Dense;
import io.utter.importer.graph.DecodeGraph;
import io.utter.importer.graph.GeneratorShape;
import io.utter.importer.graph.GraphBuilder;
import io.utter.importer.graph.PrefillGraph;
import io.utter.importer.graph.PriorGraph;
import io.utter.importer.graph.QuantizerGraph;
import io.utter.importer.graph.SemanticGraph;
import io.utter.importer.graph.StyleGraph;
import io.utter.importer.graph.WaveformGraph;
import io.utter.importer.graph.WeightFile;
import io.utter.importer.graph.Weights;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.Pretrained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes the graphs and weights of a pair of checkpoints into a folder, and says what their manifest has to say about them. */
public final class NetworkWriter {
    /** Of what runs once per voice. */
    private static final String REFERENCE_WEIGHTS = "reference.weights";
    /** Semantic tokens per second of speech at speed 1, in all generations. */
    private static final int TOKENS_PER_SECOND = 25;
    /** Longest sequence of phones, or of prompt and tokens, that positions are written for. */
    private static final int MAX_POSITIONS = 2560;
    /** Upstream's limit of one utterance. */
    private static final int MAX_TOKENS = 1500;
    private static final int FLOW_LAYERS = 4;
    private static final int FLOWS = 4;

    private final Path folder;
    private final boolean compact;
    private final Arithmetic arithmetic;

    /**
     * @param compact whether weights are kept as fp16 where that loses nothing
     * @param arithmetic of the products
     */
    public NetworkWriter(Path folder, boolean compact, Arithmetic arithmetic) {
        this.folder = folder;
        this.compact = compact;
        this.arithmetic = arithmetic;
    }

    /**
     * Writes {@code semantic.onnx}, for devices {@code prefill.onnx} and {@code decode.onnx}, and, if the checkpoint listens to text features,
     * {@code features.onnx}. The three graphs of the transformer share their weights on disk.
     */
    public Manifest.Semantic writeSemantic(GptCheckpoint checkpoint) throws IOException {
        return writeSemantic(checkpoint.config(), weights(checkpoint.weights()));
    }

    /** The same of weights from anywhere. */
    Manifest.Semantic writeSemantic(GptConfig config, Weights weights) throws IOException {
        boolean features = SemanticGraph.usesFeatures(weights);
        try (WeightFile file = new WeightFile(folder.resolve(Bundle.SEMANTIC_WEIGHTS), compact)) {
            GraphBuilder graph = new GraphBuilder("semantic", file, arithmetic);
            SemanticGraph.write(graph, weights, config.layers(), config.heads(), MAX_POSITIONS);
            graph.write(folder.resolve(Bundle.SEMANTIC));
            if (!arithmetic.imitated()) { // an imitation is measured on the CPU
                GraphBuilder prefill = new GraphBuilder("prefill", file, arithmetic);
                PrefillGraph.write(prefill, weights, config.layers(), config.heads(), MAX_POSITIONS);
                prefill.write(folder.resolve(Bundle.PREFILL));
                GraphBuilder decode = new GraphBuilder("decode", file, arithmetic);
                DecodeGraph.write(decode, weights, config.layers(), config.heads(), MAX_POSITIONS, arithmetic.precision());
                decode.write(folder.resolve(Bundle.DECODE));
            }
            if (features) {
                GraphBuilder projection = new GraphBuilder("features", file, arithmetic);
                SemanticGraph.writeFeatureProjection(projection, weights);
                projection.write(folder.resolve(Bundle.FEATURES));
            }
        }
        int maxTokens = Math.min(MAX_TOKENS, 50 * config.maxSeconds());
        return new Manifest.Semantic(config.layers(), config.heads(), config.hiddenDim(), config.phonemeVocabSize(), config.vocabSize(),
                config.eos(), MAX_POSITIONS, maxTokens, features ? weights.get("bert_proj.weight").extent(1) : 0);
    }

    /**
     * Writes {@code prior.onnx}, {@code waveform.onnx} and, for devices, {@code waveform-masked.onnx}. In reduced precision their weights are stored
     * in it, and products run in fp32, on a card in its tensor cores (TF32, whose operands have as many bits as fp16's): cuDNN's one-dimensional convolutions in fp16
     * were slower than that on an H200 or did not exist, and the prior has so few channels that casts take longer than products.
     */
    public Manifest.Acoustic writeAcoustic(SovitsCheckpoint checkpoint) throws IOException {
        return writeAcoustic(checkpoint.config().model(), weights(checkpoint.weights()));
    }

    /** The same of weights from anywhere. */
    Manifest.Acoustic writeAcoustic(SovitsConfig.Model config, Weights weights) throws IOException {
        GeneratorShape generator = generatorShape(config);
        try (WeightFile file = new WeightFile(folder.resolve(Bundle.ACOUSTIC_WEIGHTS), compact)) {
            GraphBuilder prior = new GraphBuilder("prior", file, arithmetic.onlyStored());
            PriorGraph.write(prior, weights, config.heads());
            prior.write(folder.resolve(Bundle.PRIOR));
            GraphBuilder waveform = new GraphBuilder("waveform", file, arithmetic.onlyStored());
            WaveformGraph.write(waveform, weights, generator);
            waveform.write(folder.resolve(Bundle.WAVEFORM));
            if (!arithmetic.imitated()) {
                GraphBuilder masked = new GraphBuilder("waveform", file, arithmetic.onlyStored());
                WaveformGraph.writeMasked(masked, weights, generator);
                masked.write(folder.resolve(Bundle.MASKED_WAVEFORM));
            }
        }
        return new Manifest.Acoustic(config.interChannels(), weights.get("dec.cond.weight").extent(1),
                weights.get("ref_enc.spectral.0.fc.weight").extent(1), PriorGraph.framesPerToken(), flowReach(weights),
                weights.get("dec.conv_pre.weight").extent(2) / 2, weights.get("dec.conv_post.weight").extent(2) / 2,
                stages(generator));
    }

    /**
     * Writes {@code style.onnx} and, if the checkpoint has its code book's projection, {@code quantizer.onnx}: what makes voices of recordings, in
     * single precision.
     */
    public Manifest.Encoders writeEncoders(SovitsCheckpoint checkpoint, PretrainedNetworks pretrained) throws IOException {
        return writeEncoders(weights(checkpoint.weights()), pretrained);
    }

    /** The same of weights from anywhere. */
    Manifest.Encoders writeEncoders(Weights weights, PretrainedNetworks pretrained) throws IOException {
        int contentWidth = QuantizerGraph.contentWidth(weights);
        int speakerWidth = StyleGraph.speakerWidth(weights);
        try (WeightFile file = new WeightFile(folder.resolve(REFERENCE_WEIGHTS), compact)) {
            GraphBuilder style = new GraphBuilder("style", file, Arithmetic.SINGLE);
            StyleGraph.write(style, weights);
            style.write(folder.resolve(Bundle.STYLE));
            if (contentWidth > 0) {
                GraphBuilder quantizer = new GraphBuilder("quantizer", file, Arithmetic.SINGLE);
                QuantizerGraph.write(quantizer, weights);
                quantizer.write(folder.resolve(Bundle.QUANTIZER));
            }
        }
        return new Manifest.Encoders(contentWidth, speakerWidth,
                contentWidth == 0 ? "" : pretrained.of(Pretrained.Kind.CONTENT, contentWidth).orElse(""),
                speakerWidth == 0 ? "" : pretrained.of(Pretrained.Kind.SPEAKER, speakerWidth).orElse(""));
    }

    /** Semantic tokens per second and the shape of what is made of them give the sample rate. */
    public static int sampleRate(Manifest.Acoustic acoustic) {
        return TOKENS_PER_SECOND * acoustic.framesPerToken() * acoustic.samplesPerFrame();
    }

    static Weights weights(Map<String, StoredTensor> tensors) {
        return new Weights(name -> {
            StoredTensor tensor = tensors.get(name);
            return tensor == null ? null : new Dense(tensor.shape(), tensor.floats());
        });
    }

    private static GeneratorShape generatorShape(SovitsConfig.Model config) {
        List<GeneratorShape.Stage> stages = IntStream.range(0, config.upsampleRates().size())
                .mapToObj(i -> new GeneratorShape.Stage(config.upsampleRates().get(i), config.upsampleKernelSizes().get(i))).toList();
        return new GeneratorShape(stages, config.resblockKernelSizes(), config.resblockDilationSizes());
    }

    /** Each coupling that does anything reads the others' results through its layers, one after the other. */
    private static int flowReach(Weights weights) {
        int reach = 0;
        for (int i = 0; i < FLOWS; i++) {
            Weights coupling = weights.at("flow.flows." + 2 * i);
            if (!coupling.get("post.weight").isZero() || !coupling.get("post.bias").isZero()) {
                reach += FLOW_LAYERS * (coupling.at("enc").at("in_layers.0").kernel().extent(2) / 2);
            }
        }
        return reach;
    }

    private static List<Manifest.Stage> stages(GeneratorShape generator) {
        int reach = 0;
        for (int b = 0; b < generator.blockKernels().size(); b++) {
            int half = generator.blockKernels().get(b) / 2;
            // Each dilated convolution is followed by one that is not.
            reach = Math.max(reach, generator.blockDilations().get(b).stream().mapToInt(dilation -> half * dilation + half).sum());
        }
        List<Manifest.Stage> stages = new ArrayList<>();
        for (GeneratorShape.Stage stage : generator.stages()) {
            stages.add(new Manifest.Stage(stage.rate(), stage.kernel(), stage.padding(), reach));
        }
        return stages;
    }
}
