package io.utter.importer.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** Generation of a SoVITS model. */
public enum ModelVersion {
    V1("v1", Decoder.PLAIN),
    V2("v2", Decoder.PLAIN),
    V2_PRO("v2Pro", Decoder.SPEAKER_CONDITIONED),
    V2_PRO_PLUS("v2ProPlus", Decoder.SPEAKER_CONDITIONED),
    V3("v3", Decoder.FLOW_MATCHING),
    V4("v4", Decoder.FLOW_MATCHING);

    /** The networks behind a version; files of different ones have different tensors (spec appendix A). */
    enum Decoder {
        PLAIN("v1 or v2"),
        SPEAKER_CONDITIONED("v2Pro or v2ProPlus"),
        FLOW_MATCHING("v3 or v4");

        private final String versions;

        Decoder(String versions) {
            this.versions = versions;
        }

        /** The versions that have it, for messages. */
        String versions() {
            return versions;
        }
    }

    private final String spelling;
    private final Decoder decoder;

    ModelVersion(String spelling, Decoder decoder) {
        this.spelling = spelling;
        this.decoder = decoder;
    }

    /** As upstream spells it: {@code v1 v2 v2Pro v2ProPlus v3 v4}. */
    public String spelling() {
        return spelling;
    }

    /** Whether the decoder takes a speaker embedding. */
    public boolean needsSpeakerEmbedding() {
        return decoder == Decoder.SPEAKER_CONDITIONED;
    }

    /** Whether the decoder makes mel spectrograms by flow matching and needs a vocoder. */
    public boolean needsVocoder() {
        return decoder == Decoder.FLOW_MATCHING;
    }

    Decoder decoder() {
        return decoder;
    }

    /** The version of that spelling, if there is one. */
    public static Optional<ModelVersion> of(String spelling) {
        return Arrays.stream(values()).filter(version -> version.spelling.equals(spelling)).findFirst();
    }

    @Override
    public String toString() {
        return spelling;
    }
}
