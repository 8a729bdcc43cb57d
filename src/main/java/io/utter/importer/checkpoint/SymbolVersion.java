package io.utter.importer.checkpoint;

import java.util.Map;

/** Which table of phone symbols a SoVITS model was trained with (spec appendix B). */
public enum SymbolVersion {
    /** 322 symbols. */
    V1,
    /** 732 symbols. */
    V2;

    private static final long V1_SYMBOLS = 322;

    /** Judged by the rows of the phone embedding; a file without one (a LoRA file) is of the newer kind. */
    static SymbolVersion of(Map<String, StoredTensor> weights) {
        StoredTensor embedding = weights.get("enc_p.text_embedding.weight");
        return embedding != null && embedding.rank() > 0 && embedding.dim(0) == V1_SYMBOLS ? V1 : V2;
    }
}
