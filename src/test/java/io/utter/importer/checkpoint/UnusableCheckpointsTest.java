package io.utter.importer.checkpoint;

import static io.utter.importer.checkpoint.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.importer.checkpoint.PickleWriter.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Well-formed checkpoints whose configuration and tensors do not make a network: the fault is named. */
class UnusableCheckpointsTest {
    private static final int STORAGE_BYTES = 4096;

    @TempDir
    private Path directory;

    private final Map<String, Object> weights = new LinkedHashMap<>();
    private final Map<String, Object> model = new HashMap<>();
    private final Map<String, Object> data = new HashMap<>();
    private final Map<String, Object> root = new HashMap<>();

    @BeforeEach
    void aSmallGpt() {
        root.putAll(Map.of("weight", weights, "config", Map.of("model", model, "data", data), "info", "GPT-e1"));
        model.putAll(Map.of("embedding_dim", 4, "hidden_dim", 4, "head", 2, "n_layer", 1, "vocab_size", 9, "phoneme_vocab_size", 7,
                "EOS", 8));
        data.put("max_sec", 54);
        weight("bert_proj.weight", 4, 10);
        weight("bert_proj.bias", 4);
        weight("ar_text_embedding.word_embeddings.weight", 7, 4);
        weight("ar_audio_embedding.word_embeddings.weight", 9, 4);
        weight("ar_text_position.alpha", 1);
        weight("ar_audio_position.alpha", 1);
        weight("ar_predict_layer.weight", 9, 4);
        weight("h.layers.0.self_attn.in_proj_weight", 12, 4);
        weight("h.layers.0.self_attn.in_proj_bias", 12);
        weight("h.layers.0.self_attn.out_proj.weight", 4, 4);
        weight("h.layers.0.self_attn.out_proj.bias", 4);
        weight("h.layers.0.linear1.weight", 16, 4);
        weight("h.layers.0.linear1.bias", 16);
        weight("h.layers.0.linear2.weight", 4, 16);
        for (String name : List.of("linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias")) {
            weight("h.layers.0." + name, 4);
        }
    }

    @Test
    void theSmallGptItselfIsFine() {
        try (GptCheckpoint gpt = openGpt()) {
            assertEquals(new GptConfig(4, 4, 2, 1, 9, 7, 8, 54), gpt.config());
            assertTrue(gpt.weights().containsKey("bert_proj.weight"));
        }
    }

    @Test
    void fieldsThatAreMissingAreNamed() {
        model.remove("n_layer");
        assertRefused("incomplete: config.model.n_layer is missing", this::openGpt);
        root.put("config", Map.of("model", model));
        model.put("n_layer", 1);
        assertRefused("incomplete: config.data is missing", this::openGpt);
        root.remove("config");
        assertRefused("incomplete: config is missing", this::openGpt);
    }

    @Test
    void fieldsOfAnotherTypeOrRangeAreNamed() {
        model.put("head", "two");
        assertRefused("config.model.head should be a whole number, is 'two'", this::openGpt);
        model.put("head", 0);
        assertRefused("config.model.head is 0", this::openGpt);
        model.put("head", Long.MAX_VALUE);
        assertRefused("config.model.head is 9223372036854775807", this::openGpt);
        model.put("head", List.of());
        assertRefused("config.model.head should be a whole number, is a list", this::openGpt);
    }

    @Test
    void tensorsThatContradictTheConfigurationAreNamed() {
        model.put("phoneme_vocab_size", 8);
        assertRefused("tensor model.ar_text_embedding.word_embeddings.weight has shape [7, 4] where config.model gives [8, 4]",
                this::openGpt);
    }

    @Test
    void layersMustBeAsManyAsConfigured() {
        weight("h.layers.1.norm1.weight", 4);
        assertRefused("n_layer is 1, but the file has more layers", this::openGpt);
        model.put("n_layer", 2);
        assertRefused("tensor model.h.layers.1.self_attn.in_proj_weight is missing", this::openGpt);
    }

    @Test
    void dimensionsMustFitTogether() {
        model.put("head", 3);
        assertRefused("does not fit together", this::openGpt);
    }

    @Test
    void tensorsThatDoNotBelongThereAreNamed() {
        weights.put("optimizer.step", Tensor.contiguous(DType.U8, "0", STORAGE_BYTES));
        assertRefused("'optimizer.step' does not belong in a GPT checkpoint", this::openGpt);
        weights.put("optimizer.step", 7);
        assertRefused("'optimizer.step' in entry 'weight' is not a tensor", this::openGpt);
    }

    @Test
    void statesOfTrainingAreToldFromFinishedWeights() {
        root.put("optimizer", Map.of());
        root.put("model", root.remove("weight"));
        assertRefused("looks like the state of an unfinished training", this::openGpt);
    }

    @Test
    void discriminatorsAreToldFromVoices() {
        weights.clear();
        weights.put("discriminators.0.bias", Tensor.contiguous(DType.U8, "0", STORAGE_BYTES));
        assertRefused("looks like a SoVITS discriminator", this::openSovits);
    }

    @Test
    void anythingElseIsSomethingElse() {
        root.clear();
        assertRefused("looks like something else", this::openSovits);
    }

    @Test
    void lowRankTensorsAndTheirRankBelongTogether() {
        weights.clear();
        weights.put("cfm.x.lora_A.default.weight", part(2, 8));
        root.put("lora_rank", 3);
        model.put("version", "v3");
        sovitsConfig();
        assertRefused("lora_rank does not fit", this::openSovits);
        root.remove("lora_rank");
        assertRefused("lora_rank does not fit", this::openSovits);
        root.put("lora_rank", 2);
        try (SovitsCheckpoint sovits = openSovits()) {
            assertEquals(2, sovits.loraRank().orElseThrow());
            assertEquals(ModelVersion.V3, sovits.version());
        }
    }

    @Test
    void listsOfTheGeneratorMustFitTogether() {
        weights.clear();
        weights.put("enc_p.x", part(1));
        sovitsConfig();
        model.put("upsample_rates", List.of(2, 2, 2));
        assertRefused("3 upsample_rates and 2 upsample_kernel_sizes", this::openSovits);
        model.remove("gin_channels");
        assertRefused("config.model.gin_channels is missing", this::openSovits);
    }

    private void sovitsConfig() {
        data.putAll(Map.of("sampling_rate", 32000, "filter_length", 2048, "hop_length", 640, "win_length", 2048, "n_speakers", 300));
        for (String size : List.of("inter_channels", "hidden_channels", "filter_channels", "n_heads", "n_layers", "kernel_size",
                "upsample_initial_channel", "gin_channels")) {
            model.put(size, 4);
        }
        model.putAll(Map.of("resblock", "1", "resblock_kernel_sizes", List.of(3), "resblock_dilation_sizes", List.of(List.of(1, 3)),
                "upsample_rates", List.of(2, 2), "upsample_kernel_sizes", List.of(4, 4)));
    }

    private void weight(String name, long... shape) {
        weights.put("model." + name, part(shape));
    }

    /** A tensor at the start of the one storage. */
    private static Tensor part(long... shape) {
        Tensor alone = Tensor.contiguous(DType.U8, "0", shape);
        return new Tensor(alone.dtype(), "0", STORAGE_BYTES, 0, shape, alone.strides());
    }

    private GptCheckpoint openGpt() {
        return GptCheckpoint.open(file());
    }

    private SovitsCheckpoint openSovits() {
        return SovitsCheckpoint.open(file());
    }

    private Path file() {
        return ZipWriter.checkpoint(PickleWriter.of(root), new byte[STORAGE_BYTES]).writeTo(directory);
    }
}
