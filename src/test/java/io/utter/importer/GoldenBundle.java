package io.utter.importer;

import io.utter.importer.checkpoint.GptCheckpoint;
import io.utter.importer.checkpoint.SovitsCheckpoint;
import io.utter.importer.graph.Arithmetic;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.Pretrained;
import io.utter.testing.GoldenCases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bundles with the networks of one golden weight file, written as the importer writes them; one per file and test run. */
public final class GoldenBundle {
    private static final Map<Key, Bundle> WRITTEN = new ConcurrentHashMap<>();

    private static final Path FOLDER = temporary();
    private static final PretrainedNetworks PRETRAINED = pretrained();

    private static Path temporary() {
        try {
            return Files.createTempDirectory("golden");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PretrainedNetworks pretrained() {
        try {
            PretrainedNetworks networks = new PretrainedNetworks(FOLDER, line -> { });
            networks.addContent(GoldenCases.file("chinese-hubert-base"));
            networks.addText(GoldenCases.file("chinese-roberta-wwm-ext-large"));
            networks.addSpeaker(GoldenCases.file("speaker/pretrained_eres2netv2w24s4ep4.ckpt"));
            return networks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Key(Path weights, Arithmetic arithmetic) {}

    private GoldenBundle() {}

    /** The networks of a {@code .ckpt} file. */
    public static Bundle semantic(Path weights) {
        return semantic(weights, Arithmetic.SINGLE);
    }

    /** The same with other products. */
    public static Bundle semantic(Path weights, Arithmetic arithmetic) {
        return WRITTEN.computeIfAbsent(new Key(weights, arithmetic), key -> {
            try (GptCheckpoint checkpoint = GptCheckpoint.open(weights)) {
                Path folder = Files.createTempDirectory("golden");
                return new Bundle(folder, manifest(new NetworkWriter(folder, true, arithmetic).writeSemantic(checkpoint), null, null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The networks of a {@code .pth} file. */
    public static Bundle acoustic(Path weights) {
        return acoustic(weights, Arithmetic.SINGLE);
    }

    /** The same with other products. */
    public static Bundle acoustic(Path weights, Arithmetic arithmetic) {
        return WRITTEN.computeIfAbsent(new Key(weights, arithmetic), key -> {
            try (SovitsCheckpoint checkpoint = SovitsCheckpoint.open(weights)) {
                Path folder = Files.createTempDirectory("golden");
                NetworkWriter networks = new NetworkWriter(folder, false, arithmetic);
                return new Bundle(folder, manifest(null, networks.writeAcoustic(checkpoint), networks.writeEncoders(checkpoint, PRETRAINED)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The content encoder and the speaker network. */
    public static Pretrained content() {
        return Pretrained.open(FOLDER, PRETRAINED.of(Pretrained.Kind.CONTENT, 32).orElseThrow());
    }

    public static Pretrained text() {
        return Pretrained.open(FOLDER, PRETRAINED.of(Pretrained.Kind.TEXT, 64).orElseThrow());
    }

    public static Pretrained speaker() {
        return Pretrained.open(FOLDER, PRETRAINED.of(Pretrained.Kind.SPEAKER, 1280).orElseThrow());
    }

    private static Manifest manifest(Manifest.Semantic semantic, Manifest.Acoustic acoustic, Manifest.Encoders encoders) {
        int rate = acoustic == null ? 0 : NetworkWriter.sampleRate(acoustic);
        return new Manifest(Manifest.FORMAT, "golden", "v2", "v2", rate, "", semantic, acoustic, encoders, Map.of(), Map.of());
    }
}
