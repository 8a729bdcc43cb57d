package io.utter.voice;

import io.utter.audio.FilterBank;
import io.utter.audio.ReferenceAudio;
import io.utter.audio.Spectrogram;
import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.QuantizerModel;
import io.utter.model.StyleModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Recordings to what a bundle's networks know of a voice. Servers call it in turn ({@link PretrainedModels#inTurn}). */
public final class VoiceEncoder implements AutoCloseable {
    private static final Duration LINGER = Duration.ofSeconds(60);
    private static final List<String> DETERMINING = List.of(Bundle.STYLE, Bundle.QUANTIZER, "reference.weights");

    private final Manifest manifest;
    private final PretrainedModels pretrained;
    private final Lingering<StyleModel> style;
    private final Lingering<QuantizerModel> quantizer;

    public VoiceEncoder(Bundle bundle, PretrainedModels pretrained) {
        this.manifest = bundle.manifest();
        this.pretrained = pretrained;
        this.style = new Lingering<>(() -> new StyleModel(bundle, pretrained.threads()), LINGER);
        this.quantizer = new Lingering<>(() -> new QuantizerModel(bundle, pretrained.threads()), LINGER);
    }

    /**
     * What the networks compute of recordings.
     *
     * @param tokens semantic tokens of the first recording; absent where the bundle has no content encoder
     * @param style style vector, the mean of those of all recordings
     */
    public record Encoded(Optional<int[]> tokens, float[] style) {}

    /** Changes whenever the same recording would be encoded otherwise: hexadecimal. */
    public String key() {
        StringBuilder text = new StringBuilder(manifest.encoders().content()).append(' ').append(manifest.encoders().speaker());
        DETERMINING.forEach(file -> text.append(' ').append(manifest.files().get(file)));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /**
     * @param recording gives tokens and style
     * @param auxiliaries give style only
     * @throws UtterException.InvalidInput if the bundle lacks what it takes to make voices
     */
    public Encoded encode(ReferenceAudio recording, List<ReferenceAudio> auxiliaries) {
        checkAbility();
        if (manifest.encoders().speakerWidth() > 0) {
            pretrained.prepareSpeaker(manifest.encoders().speaker());
        }
        if (manifest.encoders().givesPrompts()) {
            pretrained.prepareContent(manifest.encoders().content());
        }
        float[] sum = style(recording);
        for (ReferenceAudio auxiliary : auxiliaries) {
            float[] more = style(auxiliary);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += more[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= 1 + auxiliaries.size();
        }
        return new Encoded(manifest.encoders().givesPrompts() ? Optional.of(tokens(recording)) : Optional.empty(), sum);
    }

    /** @throws UtterException.InvalidInput if the bundle lacks what it takes to make voices */
    public void checkAbility() {
        if (!manifest.encoders().givesStyles()) {
            throw new UtterException.InvalidInput("model", "no_speaker_network", "Model " + manifest.name()
                    + " cannot make voices of recordings: it was imported without a speaker network.");
        }
    }

    private float[] style(ReferenceAudio recording) {
        Spectrogram spectrogram = recording.spectrogram();
        float[] embedding = manifest.encoders().speakerWidth() == 0 ? new float[0] : embedding(recording);
        return style.use(model -> model.encode(spectrogram.magnitudes(), spectrogram.frames(), embedding));
    }

    private float[] embedding(ReferenceAudio recording) {
        FilterBank bank = recording.filterBank();
        return pretrained.withSpeaker(manifest.encoders().speaker(), model -> model.encode(bank.energies(), bank.frames()));
    }

    private int[] tokens(ReferenceAudio recording) {
        float[] wave = recording.contentWave();
        return pretrained.withContent(manifest.encoders().content(), model -> {
            var features = model.encode(wave);
            return quantizer.use(codes -> codes.encode(features));
        });
    }

    @Override
    public void close() {
        style.close();
        quantizer.close();
    }
}
