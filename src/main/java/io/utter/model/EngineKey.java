package io.utter.model;

import io.utter.error.UtterException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a TensorRT engine was compiled of, and for. One that differs in anything is of no use.
 *
 * @param graph name of the graph's file
 * @param content hash of the graph and its weights
 * @param machine card and libraries
 */
public record EngineKey(String graph, String content, EngineMachine machine) {
    /** The files whose content an engine holds, by graph: these are the graphs that are compiled at all. */
    private static final Map<String, List<String>> COMPILED = Map.of(Bundle.MASKED_WAVEFORM, List.of(Bundle.MASKED_WAVEFORM, "acoustic.weights"));
    private static final int HASH_BYTES = 8;

    /** @throws UtterException.Failed if the bundle does not say what is in its files */
    public static EngineKey of(Bundle bundle, String graph, EngineMachine machine) {
        return new EngineKey(graph, content(bundle, graph), machine);
    }

    /** Whether engines are made of this graph. */
    static boolean isCompiled(String graph) {
        return COMPILED.containsKey(graph);
    }

    /** By the checksums in the manifest: at a start there is no time to read the weights twice. */
    static String content(Bundle bundle, String graph) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String file : COMPILED.get(graph)) {
                String checksum = Optional.ofNullable(bundle.manifest().files().get(file)).orElseThrow(() -> new UtterException.Failed("bundle_damaged",
                        Bundle.MANIFEST + " of bundle " + bundle.manifest().name() + " has no checksum of " + file + ": import it again", null));
                digest.update((file + ":" + checksum + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** Name of the engine's folder: {@code waveform-masked-sm90-trt10.14.1-0123456789abcdef}. */
    String folder() {
        return "%s-sm%s-trt%s-%s".formatted(graph.replaceFirst("\\.onnx$", ""), machine.capability().replace(".", ""), machine.tensorRt(), content);
    }

    /** What an engine with this key is no good for, in words; empty if it fits. */
    Optional<String> difference(EngineMachine here) {
        if (!machine.capability().equals(here.capability())) {
            return Optional.of("it is for compute capability " + machine.capability() + ", and this card has " + here.capability());
        }
        return machine.tensorRt().equals(here.tensorRt()) ? Optional.empty()
                : Optional.of("it was built with TensorRT " + machine.tensorRt() + ", and " + here.tensorRt() + " is installed");
    }
}
