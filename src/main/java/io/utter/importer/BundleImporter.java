package io.utter.importer;

import io.utter.audio.ReferenceAudio;
import io.utter.error.UtterException;
import io.utter.importer.checkpoint.Checkpoint;
import io.utter.importer.checkpoint.CheckpointException;
import io.utter.importer.checkpoint.GptCheckpoint;
import io.utter.importer.checkpoint.ModelVersion;
import io.utter.importer.checkpoint.SovitsCheckpoint;
import io.utter.importer.graph.Arithmetic;
import io.utter.importer.graph.Precision;
import io.utter.importer.graph.Weights;
import io.utter.model.Bundle;
import io.utter.model.Manifest;
import io.utter.model.Pretrained;
import io.utter.voice.PretrainedModels;
import io.utter.voice.VoiceEncoder;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes a bundle of a pair of checkpoints. Everything is written into a hidden folder beside the other bundles, loaded and run there,
 * and only then given its name: whatever goes wrong before leaves nothing behind, but for networks that bundles share, which are whole.
 */
public final class BundleImporter {
    private static final int THREADS = 2;
    private static final Set<ModelVersion> SUPPORTED = Set.of(ModelVersion.V1, ModelVersion.V2, ModelVersion.V2_PRO, ModelVersion.V2_PRO_PLUS);
    private static final Set<String> RESERVED = Set.of(Pretrained.FOLDER, Bundle.ADDED_VOICES, Bundle.LANGUAGE_ID, Bundle.POLYPHONES);
    /** Graphs that run on processors for each request. */
    private static final List<String> PACKED = List.of(Bundle.SEMANTIC, Bundle.PRIOR, Bundle.WAVEFORM);
    /** Folders within a draft, while a reduced precision is measured: the networks in fp32, and with rounded products. */
    private static final String EXACT = "fp32";
    private static final String IMITATION = "imitation";

    private final Path models;
    private final Consumer<String> progress;

    /**
     * @param models folder of bundles
     * @param progress is told, in a line each, what was found and what is being done
     */
    public BundleImporter(Path models, Consumer<String> progress) {
        this.models = models;
        this.progress = progress;
    }

    /**
     * @throws UtterException.InvalidInput if a file is not what it should be, with one line that says why
     * @throws UtterException.Failed if the bundle cannot be written
     */
    public Bundle run(ImportRequest request) {
        return published(request.name(), request.replace(), draft -> {
            Bundle bundle = write(request, draft);
            tryOut(bundle);
            progress.accept("graphs load and run");
            return bundle;
        });
    }

    /**
     * Makes a bundle of random weights of full size, to measure speed with.
     *
     * @throws UtterException.InvalidInput if there is a bundle of that name
     * @throws UtterException.Failed if the bundle cannot be written
     */
    public Bundle random(String name, ModelVersion generation, Precision precision, boolean replace) {
        RandomPair.Sizes sizes = switch (generation) {
            case V2 -> RandomPair.FULL;
            case V2_PRO -> RandomPair.FULL_PRO;
            case V2_PRO_PLUS -> RandomPair.FULL_PRO_PLUS;
            default -> throw new UtterException.InvalidInput("--generation", "bad_generation", "random networks are v2, v2Pro or v2ProPlus");
        };
        return published(name, replace, draft -> {
            progress.accept("writing random networks of full size");
            PretrainedNetworks pretrained = new PretrainedNetworks(models, progress);
            pretrained.addRandom();
            Manifest manifest = new RandomVoice(sizes, precision).write(name, draft, pretrained);
            if (packs(false, precision)) {
                manifest = manifest.withPacked(PackedWeights.add(draft, PACKED));
            }
            Bundle bundle = new Bundle(draft, manifest.with(checksums(draft), Map.of()));
            bundle.save();
            RandomVoice.writeVoice(bundle);
            return bundle;
        });
    }

    /** Weights that are stored smaller than kernels need them are widened at every start, and there is nothing to map. */
    private static boolean packs(boolean compact, Precision precision) {
        return !compact && precision == Precision.FP32;
    }

    private interface Writing {
        Bundle into(Path draft) throws IOException;
    }

    private Bundle published(String name, boolean replace, Writing writing) {
        Path target = target(name, replace);
        Path draft = null;
        try {
            Files.createDirectories(models);
            draft = Files.createDirectory(models.resolve(".import-" + UUID.randomUUID())); // readable by others, unlike a temporary one
            Bundle bundle = writing.into(draft);
            publish(draft, target);
            return new Bundle(target, bundle.manifest());
        } catch (ClosedByInterruptException e) {
            throw new UtterException.Failed("interrupted", "interrupted: nothing was imported", e);
        } catch (IOException e) {
            throw new UtterException.Failed("import_failed", "the bundle cannot be written: " + e.getMessage(), e);
        } finally {
            delete(draft);
        }
    }

    private static Map<String, String> checksums(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> written = Files.list(folder)) {
            for (Path file : written.toList()) {
                files.put(file.getFileName().toString(), Bundle.sha256(file));
            }
        }
        return files;
    }

    /** Graphs that do not load or run were made of tensors that do not fit together. */
    private static void tryOut(Bundle bundle) {
        try {
            new TrialRun(bundle).run();
        } catch (UtterException.Failed e) {
            throw unusable("the files do not fit together: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private Path target(String name, boolean replace) {
        if (!name.matches(VoiceProfile.ID_PATTERN)) {
            throw new UtterException.InvalidInput("--name", "bad_name",
                    "a bundle's name is 1 to 64 lower-case letters, digits, - and _, and starts with a letter or digit");
        }
        if (RESERVED.contains(name)) {
            throw new UtterException.InvalidInput("--name", "bad_name", "a bundle cannot be called " + name + ": the folder of that name holds something else");
        }
        Path target = models.resolve(name);
        if (Files.exists(target) && !replace) {
            throw new UtterException.InvalidInput("--name", "bundle_exists",
                    "there is a bundle called " + name + " in " + models + ": choose another name or pass --replace");
        }
        return target;
    }

    private Bundle write(ImportRequest request, Path draft) throws IOException {
        Manifest described;
        Path exact = draft.resolve(EXACT);
        Path imitation = draft.resolve(IMITATION);
        try (GptCheckpoint gpt = named(request.gpt(), () -> GptCheckpoint.open(request.gpt()));
                SovitsCheckpoint sovits = named(request.sovits(), () -> openSovits(request))) {
            progress.accept("checking the files");
            named(request.gpt(), () -> verified(gpt.source()));
            named(request.sovits(), () -> verified(sovits.source()));
            describe(gpt, sovits);
            checkPair(gpt, sovits);
            progress.accept("writing the networks");
            described = networks(request, draft, Arithmetic.of(request.precision()), gpt, sovits, pretrained(request));
            if (request.precision() != Precision.FP32) {
                PretrainedNetworks none = new PretrainedNetworks(exact, line -> { });
                networks(request, Files.createDirectory(exact), Arithmetic.SINGLE, gpt, sovits, none);
                networks(request, Files.createDirectory(imitation), Arithmetic.imitating(request.precision()), gpt, sovits, none);
            }
        }
        Manifest judged = described;
        if (request.precision() != Precision.FP32) {
            Bundle reference = new Bundle(exact, described);
            tryOut(reference); // what is wrong with the files themselves is said as it is without a precision
            PrecisionTrial.Figures figures = new PrecisionTrial(request.precision(), reference, new Bundle(draft, described),
                    new Bundle(imitation, described), progress).run(request);
            judged = described.with(request.precision().toString(), figures.tokenAgreement(), figures.logSpectralDistance());
            delete(exact);
            delete(imitation);
        }
        if (packs(request.compact(), request.precision())) {
            tryOut(new Bundle(draft, judged));
            progress.accept("packing weights");
            judged = judged.withPacked(PackedWeights.add(draft, PACKED));
        }
        Map<String, String> files = checksums(draft);
        Map<String, String> sources = Map.of(request.gpt().getFileName().toString(), Bundle.sha256(request.gpt()),
                request.sovits().getFileName().toString(), Bundle.sha256(request.sovits()));
        Bundle bundle = new Bundle(draft, judged.with(files, new TreeMap<>(sources)));
        bundle.save();
        for (Path attachment : request.attachments()) {
            Files.copy(attachment, draft.resolve(attachment.getFileName()));
        }
        tellAbilities(bundle.manifest());
        writeVoices(request, bundle);
        return bundle;
    }

    /** Writes graphs and weights, and gives a manifest that does not list them yet. */
    private static Manifest networks(ImportRequest request, Path folder, Arithmetic arithmetic, GptCheckpoint gpt, SovitsCheckpoint sovits,
            PretrainedNetworks pretrained) throws IOException {
        NetworkWriter networks = new NetworkWriter(folder, request.compact(), arithmetic);
        Manifest.Semantic semantic = named(request.gpt(), () -> networks.writeSemantic(gpt));
        Manifest.Acoustic acoustic = named(request.sovits(), () -> networks.writeAcoustic(sovits));
        Manifest.Encoders encoders = named(request.sovits(), () -> networks.writeEncoders(sovits, pretrained));
        Optional<String> textNetwork = semantic.featureWidth() == 0 ? Optional.empty() : pretrained.of(Pretrained.Kind.TEXT, semantic.featureWidth());
        return new Manifest(Manifest.FORMAT, request.name(), sovits.version().toString(), sovits.symbols().name().toLowerCase(Locale.ROOT),
                NetworkWriter.sampleRate(acoustic), Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), semantic, acoustic, encoders, Map.of(),
                Map.of()).withTextNetwork(textNetwork);
    }

    private PretrainedNetworks pretrained(ImportRequest request) throws IOException {
        PretrainedNetworks networks = new PretrainedNetworks(models, progress);
        if (request.hubert().isPresent()) {
            networks.addContent(request.hubert().get());
        }
        if (request.bert().isPresent()) {
            networks.addText(request.bert().get());
        }
        if (request.speaker().isPresent()) {
            networks.addSpeaker(request.speaker().get());
        }
        return networks;
    }

    private void tellAbilities(Manifest manifest) {
        if (manifest.semantic().featureWidth() > 0 && manifest.textNetwork().isEmpty()) {
            progress.accept("no text encoder (--bert): Mandarin is spoken without text features, with less expression");
        }
        Manifest.Encoders encoders = manifest.encoders();
        if (!encoders.givesStyles()) {
            progress.accept("no speaker network (--speaker): recordings cannot become voices of this bundle");
        } else if (encoders.contentWidth() == 0) {
            progress.accept("the SoVITS file has no projection of content features: voices speak without a prompt");
        } else if (!encoders.givesPrompts()) {
            progress.accept("no content encoder (--hubert): voices made of recordings speak without a prompt");
        } else {
            progress.accept("recordings can become voices, with prompts");
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Puts the file's name before what a checkpoint's reader complains about. */
    private static <T> T named(Path file, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (CheckpointException | Weights.MissingWeightException e) {
            throw unusable(file.getFileName() + ": " + e.getMessage());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw unusable(file.getFileName() + ": its tensors do not fit together: " + e.getMessage());
        }
    }

    private static Checkpoint verified(Checkpoint source) {
        source.verify();
        return source;
    }

    private static UtterException.InvalidInput unusable(String why) {
        return new UtterException.InvalidInput("checkpoint", "bad_checkpoint", why);
    }

    private static SovitsCheckpoint openSovits(ImportRequest request) {
        SovitsCheckpoint sovits = request.version().isPresent()
                ? SovitsCheckpoint.open(request.sovits(), request.version().get()) : SovitsCheckpoint.open(request.sovits());
        boolean supported = sovits.loraRank().isEmpty() && SUPPORTED.contains(sovits.version());
        if (!supported) {
            String found = sovits.version() + (sovits.loraRank().isPresent() ? " LoRA" : "");
            sovits.close();
            throw unusable(request.sovits().getFileName() + ": a " + found + " model; this version speaks v1, v2, v2Pro and v2ProPlus");
        }
        return sovits;
    }

    private void describe(GptCheckpoint gpt, SovitsCheckpoint sovits) {
        var g = gpt.config();
        progress.accept("GPT: %d layers x %d, %d heads, %d phones, %s".formatted(g.layers(), g.hiddenDim(), g.heads(), g.phonemeVocabSize(),
                size(gpt.weights().values())));
        var s = sovits.config();
        progress.accept("SoVITS: %s, %s symbols, hidden %d, style %d, %d Hz, %s".formatted(sovits.version(), sovits.symbols(),
                s.model().hiddenChannels(), s.model().ginChannels(), s.data().samplingRate(), size(sovits.weights().values())));
    }

    private static String size(java.util.Collection<io.utter.importer.checkpoint.StoredTensor> tensors) {
        return "%.1f M parameters".formatted(tensors.stream().mapToLong(t -> t.elementCount()).sum() / 1e6);
    }

    /** A v1 decoder knows fewer phones than a v2 transformer would send it. */
    private static void checkPair(GptCheckpoint gpt, SovitsCheckpoint sovits) {
        boolean gptIsV1 = gpt.config().phonemeVocabSize() == 512;
        boolean sovitsIsV1 = sovits.version() == ModelVersion.V1;
        if (gptIsV1 != sovitsIsV1) {
            throw unusable("the files do not belong together: the GPT has %d phones, which is %s, the SoVITS is %s".formatted(
                    gpt.config().phonemeVocabSize(), gptIsV1 ? "v1" : "v2 or later", sovits.version()));
        }
    }

    private void writeVoices(ImportRequest request, Bundle bundle) throws IOException {
        if (request.voices().isEmpty()) {
            return;
        }
        VoiceFolder folder = new VoiceFolder(bundle.file(Bundle.VOICES));
        try (PretrainedModels pretrained = new PretrainedModels(models, THREADS); VoiceEncoder encoder = new VoiceEncoder(bundle, pretrained)) {
            for (ImportRequest.Reference reference : request.voices()) {
                byte[] recording = Files.readAllBytes(reference.recording());
                ReferenceAudio audio = ReferenceAudio.read(recording, ReferenceAudio.Use.PROMPT);
                VoiceEncoder.Encoded encoded = encoder.encode(audio, List.of());
                Optional<int[]> tokens = reference.tokens().or(encoded::tokens);
                VoiceProfile profile = VoiceProfile.of(reference.id(), reference.name(), reference.language(), reference.transcript(), tokens,
                        encoded.style(), encoder.key());
                folder.write(profile, List.of(recording));
                progress.accept("voice " + reference.id() + (profile.hasPrompt() ? ""
                        : tokens.isEmpty() ? ": without tokens, so it speaks without a prompt" : ": without a transcript, so it speaks without a prompt"));
            }
        }
    }

    private static void publish(Path draft, Path target) throws IOException {
        if (Files.exists(target)) {
            Path old = target.resolveSibling(".replaced-" + UUID.randomUUID());
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } else {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    static void delete(Path folder) {
        if (folder == null || !Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UtterException.Failed("import_failed", folder + " is left over and cannot be deleted: " + e.getMessage(), e);
        }
    }
}
