package io.utter.speech;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.Deadline;
import io.utter.engine.EngineMonitor;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.engine.SpeechStream;
import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.text.Language;
import io.utter.text.Sentence;
import io.utter.text.SymbolTable;
import io.utter.text.TextFrontEnd;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Speaks with the bundles of a folder. The default bundle's networks are loaded at the start, those of others when they are first
 * asked for.
 */
public final class BundleSpeechService implements SpeechService {
    /** What requests call the default model and the default voice. */
    public static final String DEFAULT = "default";
    /** Silence between sentences, as upstream's {@code fragment_interval}. */
    private static final double PAUSE_SECONDS = 0.3;
    /** Seeds stay below this, so that every JSON reader keeps them exact. */
    private static final long SEED_BOUND = 1L << 53;

    private final Map<String, Bundle> bundles = new LinkedHashMap<>();
    private final Map<String, List<VoiceProfile>> voices = new LinkedHashMap<>();
    private final Map<String, SpeechEngine> engines = new ConcurrentHashMap<>();
    private final Map<VoiceProfile, Conditioning> conditionings = new ConcurrentHashMap<>();
    private final EngineSettings settings;
    private final ChunkPlan plan;
    private final TextFrontEnd text;
    private volatile EngineMonitor monitor = EngineMonitor.NONE;
    private final RandomGenerator seeds = new SecureRandom();

    /**
     * @param folder where bundles are, each in a folder of its own
     * @param defaultModel which of them is the default; {@code default} takes the one of that name, or else the first
     * @param plan when tokens become audio
     * @param text makes the text front end, while the networks are being loaded
     * @throws UtterException.Failed if there is no bundle, or the default one cannot be loaded
     */
    public BundleSpeechService(Path folder, String defaultModel, EngineSettings settings, ChunkPlan plan, Supplier<TextFrontEnd> text) {
        this.settings = settings;
        this.plan = plan;
        List<Bundle> found = bundlesIn(folder);
        Bundle first = found.stream().filter(bundle -> bundle.manifest().name().equals(defaultModel)).findFirst()
                .or(() -> defaultModel.equals(DEFAULT) ? found.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new UtterException.Failed("no_bundle", "there is no model bundle "
                        + (defaultModel.equals(DEFAULT) ? "" : defaultModel + " ") + "in " + folder.toAbsolutePath(), null));
        CompletableFuture<SpeechEngine> engine = CompletableFuture.supplyAsync(() -> new SpeechEngine(first, settings),
                load -> Thread.ofPlatform().daemon(true).name("engine-load").start(load));
        this.text = text.get();
        bundles.put(first.manifest().name(), first);
        found.forEach(bundle -> bundles.putIfAbsent(bundle.manifest().name(), bundle));
        bundles.forEach((name, bundle) -> voices.put(name, new VoiceFolder(bundle.file(Bundle.VOICES)).read()));
        engines.put(first.manifest().name(), UtterException.joined(engine));
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

    private SpeechEngine engine(Bundle bundle) {
        return engines.computeIfAbsent(bundle.manifest().name(), name -> {
            SpeechEngine engine = new SpeechEngine(bundle, settings);
            engine.monitor(monitor);
            return engine;
        });
    }

    @Override
    public List<Model> models() {
        return bundles.values().stream().map(Bundle::manifest).map(manifest -> new Model(manifest.name(), manifest.generation(),
                manifest.sampleRate(), Instant.parse(manifest.created()).getEpochSecond())).toList();
    }

    @Override
    public List<Voice> voices() {
        return voices.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(voice -> new Voice(voice.id(), entry.getKey(), voice.name(), voice.language()))).toList();
    }

    @Override
    public SpeechStream speak(SpeechRequest request, Deadline deadline) {
        Bundle bundle = bundle(request.model());
        VoiceProfile voice = voice(bundle, request.voice());
        SymbolTable symbols = symbols(bundle);
        Language language = Language.parse(request.language().orElse(voice.language()));
        long start = System.nanoTime();
        Iterator<Sentence> sentences = text.sentences(request.input(), language, symbols);
        Conditioning conditioning = conditionings.computeIfAbsent(voice, profile -> conditioning(profile, symbols));
        Duration prepared = Duration.ofNanos(System.nanoTime() - start);
        return engine(bundle).open(conditioning, phrases(sentences), options(request), prepared, deadline);
    }

    private Bundle bundle(String model) {
        Bundle bundle = model.equals(DEFAULT) ? bundles.values().iterator().next() : bundles.get(model);
        if (bundle == null) {
            throw new UtterException.NotFound("model", "model_not_found",
                    "There is no such model. Models: " + String.join(", ", bundles.keySet()) + ".");
        }
        return bundle;
    }

    private VoiceProfile voice(Bundle bundle, String id) {
        List<VoiceProfile> known = voices.get(bundle.manifest().name());
        return known.stream().filter(voice -> voice.id().equals(id) || id.equals(DEFAULT)).findFirst()
                .orElseThrow(() -> new UtterException.NotFound("voice", "voice_not_found", known.isEmpty()
                        ? "Model " + bundle.manifest().name() + " has no voice: import it with a reference recording."
                        : "There is no such voice. Voices: " + String.join(", ", known.stream().map(VoiceProfile::id).toList()) + "."));
    }

    private static SymbolTable symbols(Bundle bundle) {
        return bundle.manifest().symbols().equals("v1") ? SymbolTable.V1 : SymbolTable.V2;
    }

    private Conditioning conditioning(VoiceProfile voice, SymbolTable symbols) {
        if (!voice.hasPrompt()) {
            return new Conditioning(new int[0], new float[0], new int[0], voice.style());
        }
        Sentence transcript = text.prompt(voice.transcript().orElseThrow(), Language.parse(voice.language()), symbols);
        return new Conditioning(transcript.phoneIds(), new float[0], voice.tokens().orElseThrow(), voice.style());
    }

    private static Iterator<Phrase> phrases(Iterator<Sentence> sentences) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return sentences.hasNext();
            }

            @Override
            public Phrase next() {
                return new Phrase(sentences.next().phoneIds(), new float[0]);
            }
        };
    }

    private SpeechOptions options(SpeechRequest request) {
        Sampling usual = Sampling.DEFAULT;
        Sampling sampling = new Sampling(request.topK().orElse(usual.topK()), request.topP().orElse(usual.topP()),
                request.temperature().orElse(usual.temperature()), request.repetitionPenalty().orElse(usual.repetitionPenalty()));
        return new SpeechOptions(sampling, request.speed(), request.seed().orElseGet(() -> seeds.nextLong(SEED_BOUND)), PAUSE_SECONDS,
                Integer.MAX_VALUE, plan);
    }

    @Override
    public void monitor(EngineMonitor monitor) {
        this.monitor = monitor;
        engines.values().forEach(engine -> engine.monitor(monitor));
    }

    @Override
    public Optional<String> broken() {
        return engines.values().stream().flatMap(engine -> engine.broken().stream()).findFirst();
    }

    @Override
    public void close() {
        engines.values().forEach(SpeechEngine::close);
    }
}
