package io.utter.importer;

import io.utter.importer.checkpoint.GptCheckpoint;
import io.utter.importer.checkpoint.SovitsCheckpoint;
import io.utter.importer.graph.Arithmetic;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bundles with the networks of one golden weight file, written as the importer writes them; one per file and test run. */
public final class GoldenBundle {
    private static final Map<Key, Bundle> WRITTEN = new ConcurrentHashMap<>();

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
                return new Bundle(folder, manifest(new NetworkWriter(folder, true, arithmetic).writeSemantic(checkpoint), null));
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
                return new Bundle(folder, manifest(null, new NetworkWriter(folder, false, arithmetic).writeAcoustic(checkpoint)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Manifest manifest(Manifest.Semantic semantic, Manifest.Acoustic acoustic) {
        int rate = acoustic == null ? 0 : NetworkWriter.sampleRate(acoustic);
        return new Manifest(Manifest.FORMAT, "golden", "v2", "v2", rate, "", semantic, acoustic, Map.of(), Map.of());
    }
}
