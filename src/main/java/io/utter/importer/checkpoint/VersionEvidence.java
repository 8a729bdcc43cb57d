package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.CheckpointException.quoted;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * All that tells the version of a SoVITS file (spec section 1.2), strongest first: the digest of its first 8 KiB, the two digits in
 * place of "PK", the version in its configuration where the tensors bear it out, its size. The rows of the phone embedding
 * then decide between v1 and v2.
 *
 * <p>Upstream does not look at the configuration; here it settles what upstream cannot tell: a v3 or v4 file saved as a plain zip.
 *
 * @param fingerprint the first 8 KiB
 * @param stamp the two digits, if there are any
 * @param size of the file in bytes
 * @param configured {@code config.model.version}, if there is one
 * @param decoder what the tensors belong to
 * @param symbols what the phone embedding belongs to
 */
record VersionEvidence(byte[] fingerprint, Optional<String> stamp, long size, Optional<String> configured,
        ModelVersion.Decoder decoder, SymbolVersion symbols) {
    /** MD5 of the first 8 KiB of the pretrained files. */
    private static final Map<String, ModelVersion> PRETRAINED = Map.of(
            "dc3c97e17592963677a4a1681f30c653", ModelVersion.V2, // s2G488k.pth, which its symbols turn into v1
            "6642b37f3dbb1f76882b69937c95a5f3", ModelVersion.V2, // s2G2333k.pth
            "43797be674a37c1c83ee81081941ed0f", ModelVersion.V3, // s2Gv3.pth
            "4f26b9476d0c5033e04162c486074374", ModelVersion.V4, // s2Gv4.pth
            "c7e9fce2223f3db685cdfa1e6368728a", ModelVersion.V2_PRO, // s2Gv2Pro.pth
            "66b313e39455b57ab1b0bc0b239c9d0a", ModelVersion.V2_PRO_PLUS); // s2Gv2ProPlus.pth

    private static final Map<String, ModelVersion> STAMPS = Map.of(
            "00", ModelVersion.V1, "01", ModelVersion.V2, "02", ModelVersion.V3, "03", ModelVersion.V3, "04", ModelVersion.V4,
            "05", ModelVersion.V2_PRO, "06", ModelVersion.V2_PRO_PLUS);

    private static final long SMALLEST_V2_BYTES = 82_978L * 1024;
    private static final long SMALLEST_V3_BYTES = 700L * 1024 * 1024;

    /** The kind of decoder whose tensors a file has. */
    static ModelVersion.Decoder decoderOf(Map<String, StoredTensor> weights) {
        if (weights.keySet().stream().anyMatch(name -> name.startsWith("cfm."))) {
            return ModelVersion.Decoder.FLOW_MATCHING;
        }
        return weights.containsKey("sv_emb.weight") ? ModelVersion.Decoder.SPEAKER_CONDITIONED : ModelVersion.Decoder.PLAIN;
    }

    /** @throws CheckpointException when the evidence contradicts itself, so that the version has to be named by a person */
    ModelVersion version() {
        return agreed(pretrained().or(this::stamped).or(this::stated).orElseGet(this::bySize), "to all appearance");
    }

    /** The version a person has named, unless the tensors rule it out. */
    ModelVersion version(ModelVersion named) {
        return agreed(named, "as named");
    }

    private Optional<ModelVersion> pretrained() {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(fingerprint);
            return Optional.ofNullable(PRETRAINED.get(HexFormat.of().formatHex(digest)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has MD5
        }
    }

    private Optional<ModelVersion> stamped() {
        return stamp.map(digits -> {
            if (!STAMPS.containsKey(digits)) {
                throw new CheckpointException("unknown version: the file starts with " + quoted(digits) + ", known are 00 to 06");
            }
            return STAMPS.get(digits);
        });
    }

    private Optional<ModelVersion> stated() {
        return configured.flatMap(ModelVersion::of).filter(version -> version.decoder() == decoder);
    }

    private ModelVersion bySize() {
        return size < SMALLEST_V2_BYTES ? ModelVersion.V1 : size < SMALLEST_V3_BYTES ? ModelVersion.V2 : ModelVersion.V3;
    }

    private ModelVersion agreed(ModelVersion version, String why) {
        if (version.decoder() != decoder) {
            throw new CheckpointException("unclear version: the file is %s %s, but has the tensors of %s; name its version"
                    .formatted(version, why, decoder.versions()));
        }
        if (decoder != ModelVersion.Decoder.PLAIN) {
            return version;
        }
        return symbols == SymbolVersion.V1 ? ModelVersion.V1 : ModelVersion.V2;
    }
}
