package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GPT file ({@code .ckpt}) of GPT-SoVITS: the network that turns phones into semantic tokens (spec sections 1.4 and 4).
 *
 * @param source the opened file; closing this record closes it
 * @param weights name to tensor, names without their prefix {@code model.} (spec appendix A.1)
 * @param config dimensions, checked against the tensors
 * @param info what training wrote, {@code "GPT-e<N>"}; empty when the file has none
 */
public record GptCheckpoint(Checkpoint source, Map<String, StoredTensor> weights, GptConfig config, String info) implements AutoCloseable {
    private static final String PREFIX = "model.";

    /** @throws CheckpointException when the file cannot be read, or is another kind of file, which the message then names */
    public static GptCheckpoint open(Path path) {
        Checkpoint source = Checkpoint.open(path);
        try {
            return of(source);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /** Looks at an opened file as a GPT checkpoint. */
    public static GptCheckpoint of(Checkpoint source) {
        CheckpointKind kind = CheckpointKind.of(source);
        if (kind != CheckpointKind.GPT) {
            throw new CheckpointException("not a GPT checkpoint: it looks like " + kind.description());
        }
        Map<?, ?> root = (Map<?, ?>) source.root();
        Map<String, StoredTensor> weights = new LinkedHashMap<>();
        source.tensors("weight").forEach((name, tensor) -> {
            if (!name.startsWith(PREFIX)) {
                throw new CheckpointException("unusable: tensor " + quoted(name) + " does not belong in a GPT checkpoint");
            }
            weights.put(name.substring(PREFIX.length()), tensor);
        });
        GptConfig config = GptConfig.of(root).checkedAgainst(weights);
        return new GptCheckpoint(source, Collections.unmodifiableMap(weights), config, root.get("info") instanceof String info ? info : "");
    }

    @Override
    public void close() {
        source.close();
    }
}
