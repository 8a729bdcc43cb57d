package io.utter.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.utter.error.UtterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network that was trained once and serves many bundles: a folder {@code pretrained/<id>} beside them. Bundles name it by its id.
 *
 * @param folder where it is
 * @param description what its {@code network.json} says
 */
public record Pretrained(Path folder, Description description) {
    /** Beside the bundles. */
    public static final String FOLDER = "pretrained";
    public static final String GRAPH = "network.onnx";
    public static final String WEIGHTS = "network.weights";
    public static final String VOCABULARY = "vocabulary.txt";

    private static final String DESCRIPTION = "network.json";
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(SerializationFeature.INDENT_OUTPUT, true);

    /** What such a network is for. */
    public enum Kind {
        /** Sound to content features. */
        CONTENT,
        /** Filter banks to a speaker embedding. */
        SPEAKER,
        /** Characters to text features; has a {@link #VOCABULARY}. */
        TEXT
    }

    /**
     * @param format version of the layout
     * @param kind what it is for
     * @param width of what it computes
     * @param source SHA-256 of what it was made from, in hexadecimal
     */
    public record Description(int format, Kind kind, int width, String source) {
        public Description(Kind kind, int width, String source) {
            this(FORMAT, kind, width, source);
        }
    }

    /**
     * One of a folder of bundles.
     *
     * @throws UtterException.Failed if it is not there, or of another format
     */
    public static Pretrained open(Path models, String id) {
        Path folder = models.resolve(FOLDER).resolve(id);
        try {
            Description description = JSON.readValue(folder.resolve(DESCRIPTION).toFile(), Description.class);
            if (description.format != FORMAT) {
                throw new UtterException.Failed("bundle_format", "network " + id + " has format " + description.format + ", this version reads " + FORMAT
                        + ": import it again", null);
            }
            return new Pretrained(folder, description);
        } catch (IOException e) {
            throw new UtterException.Failed("bundle_unreadable", "the network " + id + " cannot be read in " + models.resolve(FOLDER), e);
        }
    }

    /** All of a folder of bundles, by id. */
    public static List<Pretrained> in(Path models) {
        Path folder = models.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> networks = Files.list(folder)) {
            return networks.filter(network -> Files.exists(network.resolve(DESCRIPTION))).sorted()
                    .map(network -> open(models, network.getFileName().toString())).toList();
        } catch (IOException e) {
            throw new UtterException.Failed("bundle_unreadable", "the networks in " + folder + " cannot be read", e);
        }
    }

    /** Writes {@code network.json} into the folder. */
    public void save() throws IOException {
        JSON.writeValue(folder.resolve(DESCRIPTION).toFile(), description);
    }

    public String id() {
        return folder.getFileName().toString();
    }

    /** A character in each line, whose number, from 0, is its id. */
    Path vocabulary() {
        return folder.resolve(VOCABULARY);
    }

    Path graph() {
        return folder.resolve(GRAPH);
    }
}
