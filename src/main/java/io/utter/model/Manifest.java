package io.utter.model;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import io.utter.error.UtterException;
import io.utter.model.ort.ElementType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code bundle.json}: what a bundle is and what its graphs expect.
 *
 * @param format version of this layout
 * @param name the bundle's id, also its folder's name
 * @param generation {@code v1}, {@code v2}, ... as upstream spells it
 * @param symbols which phone table its networks were trained with: {@code v1} or {@code v2}
 * @param sampleRate of the audio it makes, per second
 * @param created when it was imported, ISO-8601
 * @param semantic the autoregressive transformer
 * @param acoustic tokens to samples
 * @param encoders what makes voices of recordings
 * @param files every file of the bundle's networks with its SHA-256, in hexadecimal
 * @param sources what it was made from: file name to SHA-256
 * @param precision the type of its products, {@code fp16} or {@code bf16}; absent for fp32
 * @param tokenAgreement of reduced precision: the share of steps at which the likeliest token is the one of fp32; absent for fp32
 * @param logSpectralDistance of reduced precision: how far its audio is from that of fp32, in dB; absent for fp32
 * @param packed bytes of packed weights in each file of weights that has some: what ONNX Runtime maps instead of packing weights anew for itself
 * @param textEncoder id of the pretrained network that gives Mandarin its text features; absent if there is none: they are zero then
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        String name,
        String generation,
        String symbols,
        int sampleRate,
        String created,
        Semantic semantic,
        Acoustic acoustic,
        Encoders encoders,
        Map<String, String> files,
        Map<String, String> sources,
        @JacksonInject(value = "precision", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE) String precision,
        @JacksonInject(value = "tokenAgreement", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE) Double tokenAgreement,
        @JacksonInject(value = "logSpectralDistance", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE) Double logSpectralDistance,
        @JacksonInject(value = "textEncoder", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE) String textEncoder,
        @JacksonInject(value = "packed", useInput = OptBoolean.TRUE, optional = OptBoolean.TRUE) Map<String, Long> packed) {
    // The annotations are what lets bundles without these fields be read: all others are required.

    /** The layout that this version reads and writes. */
    public static final int FORMAT = 2;

    /** A manifest of networks in fp32. */
    public Manifest(int format, String name, String generation, String symbols, int sampleRate, String created, Semantic semantic,
            Acoustic acoustic, Encoders encoders, Map<String, String> files, Map<String, String> sources) {
        this(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, null, null, null, null, null);
    }

    /** The network for text features, if there is one. */
    public Optional<String> textNetwork() {
        return Optional.ofNullable(textEncoder);
    }

    /** The same with a network for text features, or without. */
    public Manifest withTextNetwork(Optional<String> id) {
        return new Manifest(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, precision,
                tokenAgreement, logSpectralDistance, id.orElse(null), packed);
    }

    /** The same with weights that have been packed. */
    public Manifest withPacked(Map<String, Long> packed) {
        return new Manifest(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, precision,
                tokenAgreement, logSpectralDistance, textEncoder, packed);
    }

    /** Whether it is less than fp32. */
    boolean isReduced() {
        return precision != null;
    }

    /** The type in which devices keep values: keys and values too. */
    ElementType elementType() {
        return switch (precision) {
            case null -> ElementType.FLOAT;
            case "fp16" -> ElementType.FLOAT16;
            case "bf16" -> ElementType.BFLOAT16;
            default -> throw new UtterException.Failed("bundle_format", "bundle " + name + " has an unknown precision, " + precision, null);
        };
    }

    /** The same with its files and sources. */
    public Manifest with(Map<String, String> files, Map<String, String> sources) {
        return new Manifest(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, precision,
                tokenAgreement, logSpectralDistance, textEncoder, packed);
    }

    /** The same with a reduced precision of which nothing is known. */
    public Manifest with(String precision) {
        return new Manifest(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, precision, null, null,
                textEncoder, packed);
    }

    /** The same with a reduced precision and how good it is. */
    public Manifest with(String precision, double tokenAgreement, double logSpectralDistance) {
        return new Manifest(format, name, generation, symbols, sampleRate, created, semantic, acoustic, encoders, files, sources, precision,
                tokenAgreement, logSpectralDistance, textEncoder, packed);
    }

    /**
     * The autoregressive transformer.
     *
     * @param layers transformer layers
     * @param heads attention heads
     * @param width channels
     * @param phones entries of the phone vocabulary
     * @param tokens entries of the token vocabulary, the end token included
     * @param endToken the token that ends an utterance
     * @param maxPositions longest sequence of phones, or of tokens
     * @param maxTokens most tokens of one utterance
     * @param featureWidth width of the text features it reads; 0 if it reads none
     */
    public record Semantic(int layers, int heads, int width, int phones, int tokens, int endToken, int maxPositions, int maxTokens,
            int featureWidth) {}

    /**
     * Tokens to samples.
     *
     * @param latentWidth channels of the latent frames
     * @param styleWidth channels of the style vector that flow and generator read
     * @param styleBins spectrogram bins that the style encoder reads
     * @param framesPerToken latent frames per semantic token
     * @param flowReach frames on either side that the flow's result depends on
     * @param entryReach frames on either side that the generator's first convolution reads
     * @param exitReach samples on either side that its last convolution reads
     * @param stages its upsampling stages, first to last
     */
    public record Acoustic(int latentWidth, int styleWidth, int styleBins, int framesPerToken, int flowReach, int entryReach,
            int exitReach, List<Stage> stages) {

        /** Samples per latent frame. */
        public int samplesPerFrame() {
            return stages.stream().mapToInt(Stage::rate).reduce(1, (a, b) -> a * b);
        }
    }

    /**
     * What makes voices of recordings.
     *
     * @param contentWidth width of the content features that its quantizer reads; 0 if there is no quantizer
     * @param speakerWidth width of the speaker embedding that its style encoder reads; 0 if it reads none
     * @param content id of the pretrained content encoder; empty if there is none: voices then speak without a prompt
     * @param speaker id of the pretrained speaker network; empty if there is none
     */
    public record Encoders(int contentWidth, int speakerWidth, String content, String speaker) {
        /** Whether recordings can become prompts. */
        public boolean givesPrompts() {
            return contentWidth > 0 && !content.isEmpty();
        }

        /** Whether recordings can become voices at all. */
        public boolean givesStyles() {
            return speakerWidth == 0 || !speaker.isEmpty();
        }
    }

    /**
     * One upsampling stage of the generator.
     *
     * @param rate how many values it makes of one
     * @param kernel kernel size of its transposed convolution
     * @param padding padding of its transposed convolution
     * @param reach values on either side that the stage's residual blocks read
     */
    public record Stage(int rate, int kernel, int padding, int reach) {}
}
