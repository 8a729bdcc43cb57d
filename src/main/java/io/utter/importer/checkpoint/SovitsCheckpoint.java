package io.utter.importer.checkpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A SoVITS file ({@code .pth}) of GPT-SoVITS: the acoustic model of a voice (spec sections 1.2, 1.3, 1.5).
 *
 * @param source the opened file; closing this record closes it
 * @param weights name to tensor (spec appendix A.2 to A.4). Fine-tuned files lack {@code enc_q.*}; LoRA files have only what was
 *        trained, and pairs {@code ...lora_A.default.weight} [rank, in], {@code ...lora_B.default.weight} [out, rank]
 * @param config what inference needs of the configuration
 * @param info what training wrote, {@code "<epoch>epoch_<steps>iteration"}; empty when the file has none
 * @param version detected, or named by the caller
 * @param symbols the table of phone symbols
 * @param loraRank rank of the low-rank updates; empty for a complete file
 */
public record SovitsCheckpoint(Checkpoint source, Map<String, StoredTensor> weights, SovitsConfig config, String info,
        ModelVersion version, SymbolVersion symbols, OptionalInt loraRank) implements AutoCloseable {
    private static final String LORA_A = ".lora_A.default.weight";

    /**
     * Opens a file and detects its version.
     *
     * @throws CheckpointException when the file cannot be read, its version is unclear, or it is another kind of file, which the
     *         message then names
     */
    public static SovitsCheckpoint open(Path path) {
        return open(path, SovitsCheckpoint::of);
    }

    /** Opens a file whose version the caller knows better. */
    public static SovitsCheckpoint open(Path path, ModelVersion version) {
        return open(path, source -> of(source, version));
    }

    /** Looks at an opened file as a SoVITS checkpoint and detects its version. */
    public static SovitsCheckpoint of(Checkpoint source) {
        return of(source, VersionEvidence::version);
    }

    /** Looks at an opened file as a SoVITS checkpoint of a version that the caller knows better. */
    public static SovitsCheckpoint of(Checkpoint source, ModelVersion version) {
        return of(source, evidence -> evidence.version(version));
    }

    @Override
    public void close() {
        source.close();
    }

    private static SovitsCheckpoint open(Path path, Function<Checkpoint, SovitsCheckpoint> view) {
        Checkpoint source = Checkpoint.open(path);
        try {
            return view.apply(source);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    private static SovitsCheckpoint of(Checkpoint source, Function<VersionEvidence, ModelVersion> judge) {
        CheckpointKind kind = CheckpointKind.of(source);
        if (kind != CheckpointKind.SOVITS) {
            throw new CheckpointException("not a SoVITS checkpoint: it looks like " + kind.description());
        }
        Map<?, ?> root = (Map<?, ?>) source.root();
        Map<String, StoredTensor> weights = source.tensors("weight");
        Optional<String> configured = ConfigSection.of(root).section("model").optionalText("version");
        SymbolVersion symbols = SymbolVersion.of(weights);
        ModelVersion version = judge.apply(new VersionEvidence(source.fingerprint(), source.versionStamp(), source.size(), configured,
                VersionEvidence.decoderOf(weights), symbols));
        return new SovitsCheckpoint(source, weights, SovitsConfig.of(root), root.get("info") instanceof String info ? info : "", version,
                symbols, loraRank(root.get("lora_rank"), weights));
    }

    /** The stated rank must be that of the tensors; a file of either without the other is broken. */
    private static OptionalInt loraRank(Object stated, Map<String, StoredTensor> weights) {
        long[] ranks = weights.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(LORA_A) && entry.getValue().rank() == 2)
                .mapToLong(entry -> entry.getValue().dim(0)).distinct().toArray();
        if (stated == null && ranks.length == 0) {
            return OptionalInt.empty();
        }
        if (stated instanceof Long rank && ranks.length == 1 && ranks[0] == rank && rank > 0 && rank == (int) (long) rank) {
            return OptionalInt.of((int) (long) rank);
        }
        throw new CheckpointException("damaged: lora_rank does not fit the low-rank tensors of the file");
    }
}
