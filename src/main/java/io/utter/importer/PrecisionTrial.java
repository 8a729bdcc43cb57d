package io.utter.importer;

import io.utter.audio.ReferenceAudio;
import io.utter.error.UtterException;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Precision;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.SemanticModel;
import io.utter.voice.PretrainedModels;
import io.utter.voice.VoiceEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Whether networks in reduced precision are as good as in fp32, found by running both on the CPU.
 *
 * <p>The reduced networks themselves have to load and run; what they lose is measured on an {@link Arithmetic#imitating imitation}. The CPU
 * provider's own fp16 says little of a GPU: linear layers sum in fewer bits, convolutions do not round their results, and both are slow.
 */
final class PrecisionTrial {
    /**
     * Least share of steps with the same likeliest token. Sampling picks among the likeliest ones at random, so that one step in a hundred
     * that would have gone the other way is far less than what another seed changes; a network that is broken is far below.
     */
    static final double LEAST_TOKEN_AGREEMENT = 0.99;
    /** Largest distance of audio, in dB: what is usually taken for transparent in coding spectra (Paliwal and Atal 1993). */
    static final double LARGEST_LOG_SPECTRAL_DISTANCE = 1;

    private static final int THREADS = 2;
    private static final long SEED = 22;
    private static final double MADE_UP_STYLE_DEVIATION = 0.1;

    /** What goes into the manifest. */
    record Figures(double tokenAgreement, double logSpectralDistance) {
        boolean good() {
            return tokenAgreement >= LEAST_TOKEN_AGREEMENT && logSpectralDistance <= LARGEST_LOG_SPECTRAL_DISTANCE;
        }
    }

    private final Precision precision;
    private final Bundle exact;
    private final Bundle reduced;
    private final Bundle imitation;
    private final Consumer<String> progress;

    /**
     * @param exact the networks in fp32
     * @param reduced the same in {@code precision}
     * @param imitation the same with products in fp32 whose operands and results are rounded to {@code precision}
     */
    PrecisionTrial(Precision precision, Bundle exact, Bundle reduced, Bundle imitation, Consumer<String> progress) {
        this.precision = precision;
        this.exact = exact;
        this.reduced = reduced;
        this.imitation = imitation;
        this.progress = progress;
    }

    /**
     * @param request its first voice is the one that speaks
     * @throws UtterException.InvalidInput if networks do not run in this precision here, overflow, or, unless it is forced, fall short of
     *     a bound
     * @throws IOException if the voice's recording cannot be read
     */
    Figures run(ImportRequest request) throws IOException {
        progress.accept("comparing " + precision + " with fp32");
        runsHere();
        int[] reference = reference(request);
        Figures figures = measure(reference, style(request));
        if (figures.good()) {
            return figures;
        }
        String shortfall = String.format(Locale.ROOT, "%s is not good enough for these networks (token agreement %.4f, at least %s; log-spectral "
                + "distance %.2f dB, at most %s)", precision, figures.tokenAgreement, LEAST_TOKEN_AGREEMENT, figures.logSpectralDistance,
                LARGEST_LOG_SPECTRAL_DISTANCE);
        if (!request.forcePrecision()) {
            throw refused("precision_too_low", shortfall + ": import as fp32, or pass --force-precision");
        }
        progress.accept(shortfall + ", forced");
        return figures;
    }

    private void runsHere() {
        try {
            new TrialRun(reduced).run();
        } catch (UtterException.Failed e) {
            throw refused("precision_not_runnable", precision + " cannot be run, and so not be checked, on this machine: "
                    + e.getMessage().lines().findFirst().orElse(""));
        } catch (UtterException.InvalidInput e) { // fp32 has passed the same before
            throw overflow();
        }
    }

    private Figures measure(int[] reference, float[] style) {
        TokenAgreement tokens;
        try (SemanticModel teacher = new SemanticModel(exact, THREADS); SemanticModel pupil = new SemanticModel(imitation, THREADS)) {
            tokens = TokenAgreement.measure(teacher, pupil, reference);
        }
        progress.accept(String.format(Locale.ROOT, "%s: token agreement %.4f (%d of %d steps), largest logit difference %.3g", precision,
                tokens.share(), tokens.same(), tokens.steps(), tokens.largestDifference()));
        double distance = new AudioDistance(exact, imitation, style).measure(reference, tokens.sequences());
        progress.accept(String.format(Locale.ROOT, "%s: log-spectral distance %.3f dB", precision, distance));
        if (!Double.isFinite(tokens.largestDifference()) || !Double.isFinite(distance)) {
            throw overflow(); // no sound at all, and no number that a manifest could hold
        }
        return new Figures(tokens.share(), distance);
    }

    private int[] reference(ImportRequest request) {
        Manifest.Semantic shape = exact.manifest().semantic();
        return request.voices().stream().flatMap(voice -> voice.tokens().stream())
                .filter(tokens -> Arrays.stream(tokens).allMatch(token -> token < shape.endToken())).findFirst().orElse(new int[0]);
    }

    /** The first voice's, or a made-up one. */
    private float[] style(ImportRequest request) throws IOException {
        if (!request.voices().isEmpty()) {
            ReferenceAudio recording = ReferenceAudio.read(Files.readAllBytes(request.voices().getFirst().recording()), ReferenceAudio.Use.PROMPT);
            try (PretrainedModels none = new PretrainedModels(exact.models(), THREADS); VoiceEncoder encoder = new VoiceEncoder(exact, none)) {
                if (exact.manifest().encoders().speakerWidth() == 0) {
                    return encoder.encode(recording, java.util.List.of()).style();
                }
            }
        }
        Random random = new Random(SEED);
        float[] style = new float[exact.manifest().acoustic().styleWidth()];
        for (int i = 0; i < style.length; i++) {
            style[i] = (float) (random.nextGaussian() * MADE_UP_STYLE_DEVIATION);
        }
        return style;
    }

    private UtterException.InvalidInput overflow() {
        return refused("precision_overflow", precision + " cannot hold the values of these networks: import as fp32");
    }

    private static UtterException.InvalidInput refused(String code, String why) {
        return new UtterException.InvalidInput("--precision", code, why);
    }
}
