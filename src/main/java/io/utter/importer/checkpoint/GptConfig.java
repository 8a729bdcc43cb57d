package io.utter.importer.checkpoint;

import java.util.Arrays;
import java.util.Map;

/**
 * Dimensions of the autoregressive network (spec sections 1.4 and 4.1), as the file's configuration states them and its tensors
 * confirm.
 *
 * @param embeddingDim width of the embeddings; the layers take it as it is, so it equals {@code hiddenDim}
 * @param hiddenDim width of the layers
 * @param heads number of attention heads, a divisor of {@code hiddenDim}
 * @param layers number of layers
 * @param vocabSize number of semantic tokens, with the end of sequence
 * @param phonemeVocabSize rows of the phone embedding: 512 (v1) or 732
 * @param eos the token that ends a sequence, the last of the vocabulary
 * @param maxSeconds longest utterance in training ({@code data.max_sec})
 */
public record GptConfig(int embeddingDim, int hiddenDim, int heads, int layers, int vocabSize, int phonemeVocabSize, int eos,
        int maxSeconds) {
    static GptConfig of(Map<?, ?> root) {
        ConfigSection config = ConfigSection.of(root);
        ConfigSection model = config.section("model");
        return new GptConfig(model.size("embedding_dim"), model.size("hidden_dim"), model.size("head"), model.size("n_layer"),
                model.size("vocab_size"), model.size("phoneme_vocab_size"), model.size("EOS"), config.section("data").size("max_sec"));
    }

    /** @throws CheckpointException naming the first tensor that does not have the shape these dimensions give it */
    GptConfig checkedAgainst(Map<String, StoredTensor> weights) {
        if (embeddingDim != hiddenDim || hiddenDim % heads != 0 || eos != vocabSize - 1) {
            throw new CheckpointException("unusable: config.model does not fit together: embedding_dim %d, hidden_dim %d, head %d, "
                    .formatted(embeddingDim, hiddenDim, heads) + "vocab_size %d, EOS %d".formatted(vocabSize, eos));
        }
        Shapes shapes = new Shapes(weights);
        shapes.expect("bert_proj.weight", embeddingDim, Shapes.ANY);
        shapes.expect("bert_proj.bias", embeddingDim);
        shapes.expect("ar_text_embedding.word_embeddings.weight", phonemeVocabSize, embeddingDim);
        shapes.expect("ar_audio_embedding.word_embeddings.weight", vocabSize, embeddingDim);
        shapes.expect("ar_text_position.alpha", 1);
        shapes.expect("ar_audio_position.alpha", 1);
        shapes.expect("ar_predict_layer.weight", vocabSize, hiddenDim);
        for (int layer = 0; layer < layers; layer++) {
            checkLayer(shapes, "h.layers." + layer + ".");
        }
        if (weights.keySet().stream().anyMatch(name -> name.startsWith("h.layers." + layers + "."))) {
            throw new CheckpointException("unusable: config.model.n_layer is " + layers + ", but the file has more layers");
        }
        return this;
    }

    private void checkLayer(Shapes shapes, String layer) {
        shapes.expect(layer + "self_attn.in_proj_weight", 3 * hiddenDim, hiddenDim);
        shapes.expect(layer + "self_attn.in_proj_bias", 3 * hiddenDim);
        shapes.expect(layer + "self_attn.out_proj.weight", hiddenDim, hiddenDim);
        shapes.expect(layer + "self_attn.out_proj.bias", hiddenDim);
        long feedForward = shapes.expect(layer + "linear1.weight", Shapes.ANY, hiddenDim).dim(0);
        shapes.expect(layer + "linear1.bias", feedForward);
        shapes.expect(layer + "linear2.weight", hiddenDim, feedForward);
        for (String vector : new String[] {"linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"}) {
            shapes.expect(layer + vector, hiddenDim);
        }
    }

    /** Compares tensors with what the configuration says. */
    private record Shapes(Map<String, StoredTensor> weights) {
        private static final long ANY = -1;

        StoredTensor expect(String name, long... shape) {
            StoredTensor tensor = weights.get(name);
            if (tensor == null) {
                throw new CheckpointException("incomplete: tensor model." + name + " is missing");
            }
            boolean fits = tensor.rank() == shape.length;
            for (int axis = 0; fits && axis < shape.length; axis++) {
                fits = shape[axis] == ANY || shape[axis] == tensor.dim(axis);
            }
            if (!fits) {
                throw new CheckpointException("unusable: tensor model.%s has shape %s where config.model gives %s".formatted(name,
                        Arrays.toString(tensor.shape()), Arrays.toString(shape).replace("-1", "any")));
            }
            return tensor;
        }
    }
}
