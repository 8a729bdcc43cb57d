package io.utter.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A TensorRT engine on disk: a folder with {@code engine.onnx}, an EPContext model that holds it, {@code timing.cache}, from which it is built
 * again in less time, and this in {@code engine.json}.
 *
 * @param format version of this layout, and of what is given to TensorRT
 * @param key what it was compiled of, and for
 * @param built when, ISO-8601
 * @param profile extents that it takes
 * @param files bytes of the other files
 */
public record EngineFile(int format, EngineKey key, String built, EngineProfile profile, Map<String, Long> files) {
    /** To be raised whenever a graph is compiled in another way: older engines are stale then. */
    static final int FORMAT = 1;
    static final String NOTE = "engine.json";
    static final String MODEL = "engine.onnx";
    static final String TIMINGS = "timing.cache";

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
            .configure(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, true)
            .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, true)
            .configure(SerializationFeature.INDENT_OUTPUT, true);

    /** What is wrong with the folder of an engine. */
    static final class Damaged extends Exception {
        Damaged(String why) {
            super(why);
        }
    }

    /** Reads what a folder says of itself, and whether its files are those of which it speaks. */
    static EngineFile read(Path folder) throws Damaged {
        EngineFile engine;
        try {
            engine = JSON.readValue(folder.resolve(NOTE).toFile(), EngineFile.class);
        } catch (IOException e) {
            throw new Damaged(NOTE + " cannot be read: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        if (engine.format != FORMAT) {
            throw new Damaged("it was built by another version of Utter (format " + engine.format + ", not " + FORMAT + ")");
        }
        if (!engine.files.containsKey(MODEL)) {
            throw new Damaged(NOTE + " says nothing of " + MODEL);
        }
        for (Map.Entry<String, Long> file : engine.files.entrySet()) {
            if (size(folder.resolve(file.getKey())) != file.getValue()) {
                throw new Damaged(file.getKey() + " is missing, or not as long as it was");
            }
        }
        return engine;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Writes {@code engine.json} beside the other files, of which it takes note. */
    static EngineFile write(Path folder, EngineKey key, EngineProfile profile, String built) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (var written = Files.list(folder)) {
            for (Path file : written.toList()) {
                files.put(file.getFileName().toString(), Files.size(file));
            }
        }
        EngineFile engine = new EngineFile(FORMAT, key, built, profile, files);
        JSON.writeValue(folder.resolve(NOTE).toFile(), engine);
        return engine;
    }

    /** Why it is of no use to the bundle, on whatever machine; empty if it may be. */
    Optional<String> stale(Bundle bundle, EngineProfile needed) {
        if (!key.content().equals(EngineKey.content(bundle, key.graph()))) {
            return Optional.of("it was built of another " + key.graph() + ", or of other weights");
        }
        return profile.covers(needed) ? Optional.empty() : Optional.of("it does not take all extents that this configuration runs: "
                + EngineProfile.text(needed.most()) + ", but " + EngineProfile.text(profile.most()) + " at most");
    }
}
