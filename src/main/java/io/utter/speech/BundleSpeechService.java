package io.utter.speech;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.Deadline;
import io.utter.engine.EngineMonitor;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechOptions;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.text.Language;
import io.utter.text.LanguageMode;
import io.utter.text.Sentence;
import io.utter.text.TextFrontEnd;
import io.utter.voice.PretrainedModels;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Speaks with the bundles of a folder. The default bundle's networks are loaded at the start, if so wished, those of others when they are
 * first asked for.
 */
public final class BundleSpeechService implements SpeechService {
    /** What requests call the default model and the default voice. */
    public static final String DEFAULT = "default";
    /** Silence between sentences, as upstream's {@code fragment_interval}. */
    private static final double PAUSE_SECONDS = 0.3;
    /** Names in a message. */
    private static final int MOST_SHOWN = 20;
    /** Seeds stay below this, so that every JSON reader keeps them exact. */
    private static final long SEED_BOUND = 1L << 53;

    /** When the default bundle's networks are loaded. */
    public enum Networks { AT_ONCE, WHEN_NEEDED }

    private final Map<String, Bundle> bundles = new LinkedHashMap<>();
    private final Map<String, Voices> voices = new LinkedHashMap<>();
    private final Engines engines;
    private final PretrainedModels pretrained;
    private final Map<String, String> aliases;
    private final ChunkPlan plan;
    private final TextFrontEnd text;
    private final RandomGenerator seeds = new SecureRandom();

    /**
     * @param folder where bundles are, each in a folder of its own
     * @param defaultModel which of them is the default; {@code default} takes the one of that name, or else the first
     * @param modelsMemory most bytes that the weight files of loaded bundles may have together; 0 for no bound
     * @param voiceSettings where voices that are added are kept
     * @param plan when tokens become audio
     * @param text makes the text front end, while the networks are being loaded
     * @param networks when those of the default bundle are
     * @throws UtterException.Failed if there is no bundle, or the default one cannot be loaded
     */
    public BundleSpeechService(Path folder, String defaultModel, EngineSettings settings, long modelsMemory,
            VoiceSettings voiceSettings, ChunkPlan plan, Supplier<TextFrontEnd> text, Networks networks) {
        this.engines = new Engines(settings, modelsMemory);
        this.pretrained = new PretrainedModels(folder, voiceSettings.threads());
        this.aliases = voiceSettings.aliases();
        this.plan = plan;
        List<Bundle> found = bundlesIn(folder);
        Bundle first = found.stream().filter(bundle -> bundle.manifest().name().equals(defaultModel)).findFirst()
                .or(() -> defaultModel.equals(DEFAULT) ? found.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new UtterException.Failed("no_bundle", "there is no model bundle "
                        + (defaultModel.equals(DEFAULT) ? "" : defaultModel + " ") + "in " + folder.toAbsolutePath(), null));
        CompletableFuture<Void> engine = networks == Networks.WHEN_NEEDED ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> engines.use(first).close(), load -> Thread.ofPlatform().daemon(true).name("engine-load").start(load));
        this.text = text.get();
        bundles.put(first.manifest().name(), first);
        found.forEach(bundle -> bundles.putIfAbsent(bundle.manifest().name(), bundle));
        bundles.forEach((name, bundle) -> voices.put(name, new Voices(bundle, voiceSettings, pretrained, this.text)));
        UtterException.joined(engine);
    }

    private static List<Bundle> bundlesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(bundle -> Files.exists(bundle.resolve(Bundle.MANIFEST))).sorted().map(Bundle::open).toList();
        } catch (IOException e) {
            throw new UtterException.Failed("no_bundle", "the models in " + folder + " cannot be read", e);
        }
    }

    /** Names of the bundles whose networks are in memory. */
    List<String> loaded() {
        return engines.names();
    }

    @Override
    public List<Model> models() {
        return bundles.values().stream().map(Bundle::manifest).map(manifest -> new Model(manifest.name(), manifest.generation(),
                manifest.sampleRate(), Instant.parse(manifest.created()).getEpochSecond(), manifest.sources().keySet())).toList();
    }

    @Override
    public List<Voice> voices() {
        return voices.entrySet().stream().flatMap(entry -> entry.getValue().all().stream().map(voice -> described(entry.getKey(), voice))).toList();
    }

    private Voice described(String model, VoiceProfile voice) {
        long created = voice.created() == 0 ? Instant.parse(bundles.get(model).manifest().created()).getEpochSecond() : voice.created();
        return new Voice(voice.id(), model, voice.name(), voice.language(), created, voice.hasPrompt(), voices.get(model).isAdded(voice.id()),
                voice.consent());
    }

    @Override
    public SpeechStream speak(SpeechRequest request, Deadline deadline) {
        long start = System.nanoTime();
        Chosen chosen = request.reference().isPresent() ? referred(request) : chosen(request.model(), request.voice());
        Voices own = voices.get(chosen.bundle.manifest().name());
        Iterator<Phrase> phrases = phrases(sentences(request, chosen), own.features());
        Conditioning conditioning = chosen.conditioning.get();
        Duration prepared = Duration.ofNanos(System.nanoTime() - start);
        Engines.Lease lease = engines.use(chosen.bundle);
        try {
            return new LeasedStream(lease.engine().open(conditioning, phrases, options(request), prepared, deadline), lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public List<Sentence> pronounce(SpeechRequest request) {
        Chosen chosen = request.reference().isPresent() ? referred(request) : chosen(request.model(), request.voice());
        List<Sentence> sentences = new ArrayList<>();
        sentences(request, chosen).forEachRemaining(sentences::add);
        return sentences;
    }

    private Iterator<Sentence> sentences(SpeechRequest request, Chosen chosen) {
        Voices own = voices.get(chosen.bundle.manifest().name());
        LanguageMode mode = LanguageMode.parse(request.language().orElse(chosen.language));
        return request.phrasing().cut().map(cut -> text.sentences(request.input(), mode, own.symbols(), own.lexicon(), cut))
                .orElseGet(() -> text.sentences(request.input(), mode, own.symbols(), own.lexicon()));
    }

    /** What is to speak: made when the text has proved to be one. */
    private record Chosen(Bundle bundle, String language, Supplier<Conditioning> conditioning) {}

    private Chosen referred(SpeechRequest request) {
        Bundle bundle = bundle(request.model());
        Reference reference = request.reference().orElseThrow();
        return new Chosen(bundle, reference.language().orElse(Language.ENGLISH.code()),
                () -> voices.get(bundle.manifest().name()).conditioning(reference));
    }

    private Chosen chosen(String model, String id) {
        Named found = named(model, id);
        return new Chosen(bundles.get(found.model), found.voice.language(), () -> voices.get(found.model).conditioning(found.voice));
    }

    private record Named(String model, VoiceProfile voice) {}

    /** A voice of the bundle that is named, or, where none is, of the first that has one of that id. */
    private Named named(String model, String id) {
        String first = bundle(model).manifest().name();
        return find(model, first, id).or(() -> Optional.ofNullable(aliases.get(id)).flatMap(meant -> find(model, first, meant)))
                .orElseThrow(() -> noVoice(first));
    }

    private UtterException.NotFound noVoice(String model) {
        List<String> known = voices.get(model).all().stream().map(VoiceProfile::id).toList();
        return new UtterException.NotFound("voice", "voice_not_found", known.isEmpty()
                ? "Model " + model + " has no voice: import it with a reference recording, or add one."
                : "There is no such voice. Voices: " + shown(known) + ".");
    }

    private Optional<Named> find(String model, String first, String id) {
        return voices.get(first).find(id).map(voice -> new Named(first, voice)).or(() -> model.equals(DEFAULT) ? elsewhere(id) : Optional.empty());
    }

    private static String shown(List<String> ids) {
        return String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_SHOWN))) + (ids.size() > MOST_SHOWN ? ", ..." : "");
    }

    private Optional<Named> elsewhere(String id) {
        return voices.entrySet().stream().flatMap(entry -> entry.getValue().find(id).map(voice -> new Named(entry.getKey(), voice)).stream()).findFirst();
    }

    @Override
    public Voice voice(String model, String id) {
        Named found = named(model, id);
        return described(found.model, found.voice);
    }

    @Override
    public Voice addVoice(String model, String name, Reference reference, Optional<String> consent) {
        String bundle = bundle(model).manifest().name();
        return described(bundle, voices.get(bundle).add(name, reference, consent));
    }

    @Override
    public void removeVoice(String model, String id) {
        String first = bundle(model).manifest().name();
        Named found = find(model, first, id).orElseThrow(() -> noVoice(first)); // by its own name only
        voices.get(found.model).remove(found.voice.id());
    }

    private Bundle bundle(String model) {
        Bundle bundle = model.equals(DEFAULT) ? bundles.values().iterator().next() : bundles.get(model);
        if (bundle == null) {
            throw new UtterException.NotFound("model", "model_not_found",
                    "There is no such model. Models: " + shown(List.copyOf(bundles.keySet())) + ".");
        }
        return bundle;
    }

    private static Iterator<Phrase> phrases(Iterator<Sentence> sentences, TextFeatures features) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sentences.hasNext();
            }

            @Override
            public Phrase next() {
                Sentence sentence = sentences.next();
                OptionalDouble pause = sentence.pauseBefore().map(silence -> OptionalDouble.of(silence.toNanos() / 1e9)).orElse(OptionalDouble.empty());
                return new Phrase(sentence.phoneIds(), features.of(sentence), pause);
            }
        };
    }

    private SpeechOptions options(SpeechRequest request) {
        Sampling usual = Sampling.DEFAULT;
        Sampling sampling = new Sampling(request.topK().orElse(usual.topK()), request.topP().orElse(usual.topP()),
                request.temperature().orElse(usual.temperature()), request.repetitionPenalty().orElse(usual.repetitionPenalty()));
        double pause = request.phrasing().pauseSeconds().orElse(PAUSE_SECONDS);
        return new SpeechOptions(sampling, request.speed(), request.seed().orElseGet(() -> seeds.nextLong(SEED_BOUND)), pause,
                request.phrasing().pauseAtEnd() ? pause : 0, Integer.MAX_VALUE, plan);
    }

    @Override
    public void monitor(EngineMonitor monitor) {
        engines.monitor(monitor);
    }

    @Override
    public Optional<String> broken() {
        return engines.broken();
    }

    @Override
    public void close() {
        engines.close();
        voices.values().forEach(Voices::close);
        pretrained.close();
    }
}
