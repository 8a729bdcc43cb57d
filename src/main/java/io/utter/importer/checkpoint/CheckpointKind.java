package io.utter.importer.checkpoint;

import java.util.Map;

/** What a checkpoint is for, judged by the names in it. Each kind can be told to a person as "this looks like ...". */
public enum CheckpointKind {
    GPT("a GPT checkpoint"),
    SOVITS("a SoVITS checkpoint"),
    DISCRIMINATOR("a SoVITS discriminator (s2D), which is used in training only"),
    TRAINING_STATE("the state of an unfinished training, not the weights saved for inference"),
    CONTENT_ENCODER("a content encoder (HuBERT)"),
    TEXT_ENCODER("a text encoder (BERT)"),
    SPEAKER_ENCODER("a speaker encoder (ERes2NetV2)"),
    VOCODER_V3("the vocoder of v3 (BigVGAN)"),
    VOCODER_V4("the vocoder of v4"),
    UNKNOWN("something else");

    private final String description;

    CheckpointKind(String description) {
        this.description = description;
    }

    /** With an article: "a GPT checkpoint". */
    public String description() {
        return description;
    }

    public static CheckpointKind of(Checkpoint checkpoint) {
        return checkpoint.root() instanceof Map<?, ?> root ? of(root) : UNKNOWN;
    }

    private static CheckpointKind of(Map<?, ?> root) {
        if (root.get("weight") instanceof Map<?, ?> weight) {
            return ofWeights(weight);
        }
        if (root.containsKey("optimizer") || root.containsKey("optimizer_states") || root.containsKey("pytorch-lightning_version")) {
            return TRAINING_STATE;
        }
        if (root.get("generator") instanceof Map<?, ?>) {
            return VOCODER_V3;
        }
        return ofStateDict(root);
    }

    private static CheckpointKind ofWeights(Map<?, ?> weight) {
        if (weight.containsKey("model.ar_predict_layer.weight") || weight.containsKey("model.ar_audio_embedding.word_embeddings.weight")) {
            return GPT;
        }
        if (has(weight, "discriminators.")) {
            return DISCRIMINATOR;
        }
        return has(weight, "enc_p.") || has(weight, "ref_enc.") || has(weight, "cfm.") ? SOVITS : UNKNOWN;
    }

    private static CheckpointKind ofStateDict(Map<?, ?> names) {
        if (has(names, "feature_extractor.conv_layers.") || has(names, "hubert.feature_extractor.conv_layers.")) {
            return CONTENT_ENCODER;
        }
        if (has(names, "bert.embeddings.") || has(names, "embeddings.word_embeddings.")) {
            return TEXT_ENCODER;
        }
        if (has(names, "layer1.0.convs.") && has(names, "seg_1.")) {
            return SPEAKER_ENCODER;
        }
        return has(names, "conv_pre.") && has(names, "conv_post.") ? VOCODER_V4 : UNKNOWN;
    }

    private static boolean has(Map<?, ?> names, String prefix) {
        return names.keySet().stream().anyMatch(name -> ((String) name).startsWith(prefix));
    }
}
