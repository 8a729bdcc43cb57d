package io.utter.model;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.utter.error.UtterException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A folder with the networks and voices of one pair of checkpoints.
 *
 * @param folder where it is
 * @param manifest what its {@code bundle.json} says
 */
public record Bundle(Path folder, Manifest manifest) {
    public static final String MANIFEST = "bundle.json";
    public static final String VOICES = "voices";
    /** Beside the bundles: voices that were added, with a folder for each bundle. */
    public static final String ADDED_VOICES = "added-voices";
    /** Folder beside the bundles for the model that tells languages apart. */
    public static final String LANGUAGE_ID = "language-id";
    /** Beside the bundles: what chooses between the readings of Mandarin characters. */
    public static final String POLYPHONES = "g2pw";
    /** Of the transformer. */
    public static final String SEMANTIC_WEIGHTS = "semantic.weights";
    /** Of what makes audio of tokens. */
    public static final String ACOUSTIC_WEIGHTS = "acoustic.weights";
    public static final String SEMANTIC = "semantic.onnx";
    public static final String PREFILL = "prefill.onnx";
    public static final String DECODE = "decode.onnx";
    public static final String FEATURES = "features.onnx";
    public static final String PRIOR = "prior.onnx";
    public static final String WAVEFORM = "waveform.onnx";
    public static final String MASKED_WAVEFORM = "waveform-masked.onnx";
    public static final String STYLE = "style.onnx";
    public static final String QUANTIZER = "quantizer.onnx";

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true)
            .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, true)
            .configure(SerializationFeature.INDENT_OUTPUT, true);

    /** Gets ready to read manifests: the first use of the JSON reader takes a fifth of a second, which can pass beside other work. */
    public static void prepare() {
        JSON.readerFor(Manifest.class);
    }

    /**
     * Reads a bundle's manifest.
     *
     * @throws UtterException.Failed if the folder holds no bundle, or one of another format version
     */
    public static Bundle open(Path folder) {
        Path file = folder.resolve(MANIFEST);
        try {
            Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
            if (manifest.format() != Manifest.FORMAT) {
                throw new UtterException.Failed("bundle_format", "bundle " + folder.getFileName() + " has format " + manifest.format()
                        + ", this version reads " + Manifest.FORMAT + ": import it again", null);
            }
            return new Bundle(folder, manifest);
        } catch (IOException e) {
            throw new UtterException.Failed("bundle_unreadable", "no readable bundle in " + folder + ": " + firstLine(e), e);
        }
    }

    /** What to say of a bundle that an earlier version has made. */
    UtterException.Failed importAgain(String why) {
        return new UtterException.Failed("bundle_format", "bundle " + manifest.name() + " is of an earlier version: " + why + ". Import it again", null);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
    }

    /** Writes {@code bundle.json} into the folder. */
    public void save() throws IOException {
        JSON.writeValue(folder.resolve(MANIFEST).toFile(), manifest);
    }

    /** Size of the weights of what runs for each request, in bytes. */
    public long weightBytes() {
        return weightBytes(SEMANTIC_WEIGHTS) + weightBytes(ACOUSTIC_WEIGHTS);
    }

    /** Size of the weights in one of the files, without their packed forms, in bytes. */
    long weightBytes(String name) {
        try {
            long packed = manifest.packed() == null ? 0 : manifest.packed().getOrDefault(name, 0L);
            return Files.size(file(name)) - packed;
        } catch (IOException e) {
            throw new UtterException.Failed("bundle_damaged", "the weights of bundle " + manifest.name() + " cannot be read", e);
        }
    }

    /** The folder of bundles that it is in. */
    public Path models() {
        return folder.toAbsolutePath().getParent();
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Compares every file with its checksum.
     *
     * @throws UtterException.Failed naming the first file that is missing or differs
     */
    public void verify() {
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            try {
                if (!sha256(folder.resolve(file.getKey())).equals(file.getValue())) {
                    throw new UtterException.Failed("bundle_damaged", file.getKey() + " of bundle " + manifest.name()
                            + " differs from its checksum: import it again", null);
                }
            } catch (IOException e) {
                throw new UtterException.Failed("bundle_damaged", file.getKey() + " of bundle " + manifest.name() + " cannot be read", e);
            }
        }
    }

    /** SHA-256 of a file's content, in hexadecimal. */
    public static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
