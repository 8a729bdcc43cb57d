package io.utter.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.utter.error.UtterException;
import io.utter.importer.checkpoint.Checkpoint;
import io.utter.importer.checkpoint.CheckpointException;
import io.utter.importer.checkpoint.CheckpointKind;
import io.utter.importer.checkpoint.StoredTensor;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.ContentGraph;
import io.utter.importer.graph.GraphBuilder;
import io.utter.importer.graph.SpeakerGraph;
import io.utter.importer.graph.TextFeatureGraph;
import io.utter.importer.graph.WeightFile;
import io.utter.importer.graph.Weights;
import io.utter.model.Bundle;
import io.utter.model.Pretrained;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The networks that bundles share. A file is imported once, whoever names it: its network's id is made of what is in it, so that bundles made
 * with the same file name the same network.
 */
public final class PretrainedNetworks {
    private static final int ID_DIGITS = 12;
    private static final String WEIGHTS = "pytorch_model.bin";
    private static final String CONFIG = "config.json";
    private static final String VOCABULARY = "vocab.txt";

    private final Path models;
    private final Consumer<String> progress;
    private final Map<Pretrained.Kind, Pretrained> named = new EnumMap<>(Pretrained.Kind.class);

    /**
     * @param models folder of bundles
     * @param progress is told what is being done
     */
    PretrainedNetworks(Path models, Consumer<String> progress) {
        this.models = models;
        this.progress = progress;
    }

    /**
     * Imports a content encoder, unless it has been.
     *
     * @param folder {@code config.json} and {@code pytorch_model.bin} of chinese-hubert-base
     */
    void addContent(Path folder) throws IOException {
        add(Pretrained.Kind.CONTENT, folder.resolve(WEIGHTS), CheckpointKind.CONTENT_ENCODER, new Content(contentShape(folder.resolve(CONFIG))));
    }

    /**
     * Imports a text encoder, unless it has been.
     *
     * @param folder {@code config.json}, {@code pytorch_model.bin} and {@code vocab.txt} of chinese-roberta-wwm-ext-large
     */
    void addText(Path folder) throws IOException {
        Path vocabulary = folder.resolve(VOCABULARY);
        if (!Files.isRegularFile(vocabulary)) {
            throw unusable(vocabulary + ": no such file");
        }
        add(Pretrained.Kind.TEXT, folder.resolve(WEIGHTS), CheckpointKind.TEXT_ENCODER, new Text(textShape(folder.resolve(CONFIG)), Files.readAllBytes(vocabulary)));
    }

    /**
     * Imports a speaker network, unless it has been.
     *
     * @param file {@code pretrained_eres2netv2w24s4ep4.ckpt}
     */
    void addSpeaker(Path file) throws IOException {
        add(Pretrained.Kind.SPEAKER, file, CheckpointKind.SPEAKER_ENCODER, new Speaker());
    }

    /**
     * The network that a bundle is to use: the one that was added, or the only one of that width that was imported before.
     *
     * @throws UtterException.InvalidInput if the one that was added does not fit
     */
    Optional<String> of(Pretrained.Kind kind, int width) {
        Pretrained added = named.get(kind);
        if (added != null) {
            if (added.description().width() != width) {
                throw unusable("the %s network gives %d values, and the checkpoint reads %d".formatted(name(kind), added.description().width(), width));
            }
            return Optional.of(added.id());
        }
        List<Pretrained> known = Pretrained.in(models).stream()
                .filter(network -> network.description().kind() == kind && network.description().width() == width).toList();
        if (known.size() != 1) {
            return Optional.empty();
        }
        progress.accept("taking the %s network that was imported before, %s".formatted(name(kind), known.getFirst().id()));
        return Optional.of(known.getFirst().id());
    }

    private static String name(Pretrained.Kind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private interface Writing {
        int width(Weights weights);

        /** Writes what belongs to the network besides graph and weights. */
        default void writeBeside(Path folder) throws IOException {}

        void write(GraphBuilder graph, Weights weights);
    }

    private record Content(ContentGraph.Shape shape) implements Writing {
        @Override
        public int width(Weights weights) {
            return ContentGraph.width(weights);
        }

        @Override
        public void write(GraphBuilder graph, Weights weights) {
            ContentGraph.write(graph, weights, shape);
        }
    }

    private record Speaker() implements Writing {
        @Override
        public int width(Weights weights) {
            return SpeakerGraph.width(weights);
        }

        @Override
        public void write(GraphBuilder graph, Weights weights) {
            SpeakerGraph.write(graph, weights);
        }
    }

    private record Text(TextFeatureGraph.Shape shape, byte[] vocabulary) implements Writing {
        @Override
        public int width(Weights weights) {
            return TextFeatureGraph.width(weights);
        }

        @Override
        public void write(GraphBuilder graph, Weights weights) {
            TextFeatureGraph.write(graph, weights, shape);
        }

        @Override
        public void writeBeside(Path folder) throws IOException {
            Files.write(folder.resolve(Pretrained.VOCABULARY), vocabulary);
        }
    }

    private void add(Pretrained.Kind kind, Path file, CheckpointKind expected, Writing writing) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw unusable(file + ": no such file");
        }
        String source = Bundle.sha256(file);
        Path target = models.resolve(Pretrained.FOLDER).resolve(name(kind) + "-" + source.substring(0, ID_DIGITS));
        if (!Files.exists(target)) {
            progress.accept("writing the " + name(kind) + " network");
            write(kind, file, expected, writing, source, target);
        }
        named.put(kind, Pretrained.open(models, target.getFileName().toString()));
    }

    private void write(Pretrained.Kind kind, Path file, CheckpointKind expected, Writing writing, String source, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path draft = Files.createDirectory(target.resolveSibling(".import-" + UUID.randomUUID()));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            checkpoint.verify();
            CheckpointKind found = CheckpointKind.of(checkpoint);
            if (found != expected) {
                throw unusable(file.getFileName() + ": not " + expected.description() + ": it looks like " + found.description());
            }
            write(kind, NetworkWriter.weights(withoutPrefix(checkpoint.tensors())), writing, source, draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            // another import has written it meanwhile
        } catch (CheckpointException | Weights.MissingWeightException e) {
            throw unusable(file.getFileName() + ": " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unusable(file.getFileName() + ": its tensors do not fit together: " + e.getMessage());
        } finally {
            BundleImporter.delete(draft);
        }
    }

    private static void write(Pretrained.Kind kind, Weights weights, Writing writing, String source, Path folder) throws IOException {
        try (WeightFile stored = new WeightFile(folder.resolve(Pretrained.WEIGHTS), false)) {
            GraphBuilder graph = new GraphBuilder(name(kind), stored, Arithmetic.SINGLE);
            writing.write(graph, weights);
            graph.write(folder.resolve(Pretrained.GRAPH));
        }
        PackedWeights.add(folder, List.of(Pretrained.GRAPH));
        writing.writeBeside(folder);
        new Pretrained(folder, new Pretrained.Description(kind, writing.width(weights), source)).save();
    }

    /** Adds random ones of full size, to measure speed with. */
    void addRandom() throws IOException {
        addRandom(Pretrained.Kind.CONTENT, RandomPretrained.content(), new Content(RandomPretrained.CONTENT_SHAPE));
        addRandom(Pretrained.Kind.SPEAKER, RandomPretrained.speaker(), new Speaker());
    }

    private void addRandom(Pretrained.Kind kind, Weights weights, Writing writing) throws IOException {
        Path target = models.resolve(Pretrained.FOLDER).resolve(name(kind) + "-random");
        if (!Files.exists(target)) {
            Path draft = Files.createDirectories(target.resolveSibling(".import-" + UUID.randomUUID()));
            write(kind, weights, writing, "", draft);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
        named.put(kind, Pretrained.open(models, target.getFileName().toString()));
    }

    /** Files of models with a head on top have all names below that of the model. */
    private static Map<String, StoredTensor> withoutPrefix(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> plain = new java.util.HashMap<>();
        tensors.forEach((name, tensor) -> plain.put(name.replaceFirst("^(hubert|bert)\\.", ""), tensor));
        return plain;
    }

    private static JsonNode json(Path config) throws IOException {
        if (!Files.isRegularFile(config)) {
            throw unusable(config + ": no such file");
        }
        try {
            return new ObjectMapper().readTree(config.toFile());
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw unusable(config.getFileName() + " is not JSON");
        }
    }

    private static TextFeatureGraph.Shape textShape(Path config) throws IOException {
        JsonNode json = json(config);
        boolean known = json.path("num_attention_heads").isInt() && "gelu".equals(json.path("hidden_act").asText())
                && "absolute".equals(json.path("position_embedding_type").asText("absolute"));
        if (!known) {
            throw unusable(config.getFileName() + " is not that of a BERT model");
        }
        return new TextFeatureGraph.Shape(json.get("num_attention_heads").intValue(), (float) json.path("layer_norm_eps").asDouble(1e-12));
    }

    private static ContentGraph.Shape contentShape(Path config) throws IOException {
        JsonNode json = json(config);
        boolean known = json.path("conv_stride").isArray() && json.path("num_attention_heads").isInt() && !json.path("do_stable_layer_norm").asBoolean()
                && "group".equals(json.path("feat_extract_norm").asText());
        if (!known) {
            throw unusable(config.getFileName() + " is not that of a HuBERT base model");
        }
        return new ContentGraph.Shape(StreamSupport.stream(json.get("conv_stride").spliterator(), false).map(JsonNode::intValue).toList(),
                json.get("num_attention_heads").intValue(), json.path("num_conv_pos_embedding_groups").asInt(16),
                (float) json.path("layer_norm_eps").asDouble(1e-5));
    }

    private static UtterException.InvalidInput unusable(String why) {
        return new UtterException.InvalidInput("checkpoint", "bad_checkpoint", why);
    }
}
