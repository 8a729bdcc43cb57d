package io.utter.speech;

import io.utter.audio.ReferenceAudio;
import io.utter.engine.Conditioning;
import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.text.Language;
import io.utter.text.LanguageMode;
import io.utter.text.Lexicon;
import io.utter.text.Sentence;
import io.utter.text.SymbolTable;
import io.utter.text.TextFrontEnd;
import io.utter.voice.PretrainedModels;
import io.utter.voice.VoiceEncoder;
import io.utter.voice.VoiceFolder;
import io.utter.voice.VoiceProfile;
import io.utter.voice.VoiceRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The voices of one bundle, and what its networks know of them. Safe for use by many threads. */
final class Voices implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Voices.class);
    private static final int MOST_CONDITIONINGS = 256;
    private static final int MOST_AUXILIARIES = 8;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_ID = 56;
    private static final String LEXICON = "lexicon.txt";

    private final Bundle bundle;
    private final VoiceRegistry registry;
    private final PretrainedModels pretrained;
    private final VoiceEncoder encoder;
    private final TextFrontEnd text;
    private final TextFeatures features;
    private final Lexicon lexicon;
    /** Of voices and of references that came with requests, by what they are made of; those used last. */
    private final Map<Object, Conditioning> conditionings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Conditioning> eldest) {
            return size() > MOST_CONDITIONINGS;
        }
    };

    /** Of references that are being encoded. */
    private final Map<String, CompletableFuture<Conditioning>> underWay = new ConcurrentHashMap<>();

    Voices(Bundle bundle, VoiceSettings settings, PretrainedModels pretrained, TextFrontEnd text) {
        this.bundle = bundle;
        this.registry = new VoiceRegistry(new VoiceFolder(bundle.file(Bundle.VOICES)),
                settings.folder().map(folder -> new VoiceFolder(folder.resolve(bundle.manifest().name()))), settings.most());
        this.pretrained = pretrained;
        this.encoder = new VoiceEncoder(bundle, pretrained);
        this.text = text;
        this.features = new TextFeatures(bundle.manifest(), pretrained);
        this.lexicon = readLexicon();
    }

    private Lexicon readLexicon() {
        Path file = bundle.file(LEXICON);
        try {
            Lexicon read = Files.exists(file) ? Lexicon.read(Files.readAllLines(file)) : Lexicon.EMPTY;
            text.check(read, symbols());
            return read;
        } catch (IOException | UtterException.InvalidInput | UtterException.Failed e) {
            throw new UtterException.Failed("bad_lexicon", file + ": " + e.getMessage(), e);
        }
    }

    /** Words that the voices' owner wants to be read in a way of their own. */
    Lexicon lexicon() {
        return lexicon;
    }

    TextFeatures features() {
        return features;
    }

    List<VoiceProfile> all() {
        return registry.all();
    }

    /** The voice of an id; the first for {@code default}. */
    Optional<VoiceProfile> find(String id) {
        return id.equals(BundleSpeechService.DEFAULT) ? registry.first() : registry.find(id);
    }

    /** Whether a voice that {@link #all} gave was added to the bundle. */
    boolean isAdded(String id) {
        return !registry.isOwn(id);
    }

    /** Makes a voice of recordings. */
    VoiceProfile add(String name, Reference reference, Optional<String> consent) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new UtterException.InvalidInput("name", "bad_name", "name must be 1 to " + LONGEST_NAME + " characters long.");
        }
        String id = id(name);
        if (registry.find(id).isPresent()) {
            throw new UtterException.InvalidInput("name", "voice_exists", "There is a voice " + id + " already: choose another name, or delete it first.");
        }
        LanguageMode language = LanguageMode.parse(reference.language().orElse(Language.ENGLISH.code()));
        reference.transcript().ifPresent(words -> text.prompt(words, language, symbols())); // what is wrong with it is said before the long work
        long begun = System.nanoTime();
        VoiceEncoder.Encoded encoded = encode(reference);
        long elapsed = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        List<String> auxiliaries = new ArrayList<>();
        for (int i = 1; i <= reference.auxiliaries().size(); i++) {
            auxiliaries.add("auxiliary-" + i + ".audio");
        }
        VoiceProfile voice = new VoiceProfile(id, name.strip(), language.code(), "reference.audio", auxiliaries, reference.transcript(), encoded.tokens(),
                encoded.style(), encoder.key(), Instant.now().getEpochSecond(), consent);
        List<byte[]> recordings = new ArrayList<>(List.of(reference.recording()));
        recordings.addAll(reference.auxiliaries());
        registry.add(voice, recordings);
        LOG.infof("voice %s added to model %s %s prompt, encoded in %d ms", id, bundle.manifest().name(), voice.hasPrompt() ? "with" : "without", elapsed);
        return voice;
    }

    /** What requests call a voice of that name: its letters and digits, or what they are in hexadecimal if there are none. */
    private static String id(String name) {
        String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD).toLowerCase(Locale.ROOT).replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9_]+", "-").replaceAll("^[-_]+|-+$", "");
        String id = plain.isEmpty() ? "voice-" + Integer.toHexString(name.strip().hashCode()) : plain;
        return id.substring(0, Math.min(id.length(), LONGEST_ID));
    }

    void remove(String id) {
        registry.remove(id);
        LOG.infof("voice %s deleted from model %s", id, bundle.manifest().name());
    }

    private VoiceEncoder.Encoded encode(Reference reference) {
        encoder.checkAbility();
        if (reference.auxiliaries().size() > MOST_AUXILIARIES) {
            throw new UtterException.InvalidInput("auxiliary_samples", "too_many_recordings", "At most " + MOST_AUXILIARIES + " auxiliary recordings can be given.");
        }
        return pretrained.inTurn(() -> encoder.encode(ReferenceAudio.read(reference.recording(), ReferenceAudio.Use.PROMPT),
                reference.auxiliaries().stream().map(file -> ReferenceAudio.read(file, ReferenceAudio.Use.STYLE)).toList()));
    }

    /** What the networks know of a voice, which is computed anew if the bundle has been imported anew since. */
    Conditioning conditioning(VoiceProfile voice) {
        return known(voice).orElseGet(() -> {
            VoiceProfile current = isStale(voice) ? encodedAnew(voice) : voice;
            return remembered(voice, made(current.transcript(), current.language(), current.tokens(), current.style()));
        });
    }

    private boolean isStale(VoiceProfile voice) {
        return !voice.encoder().isEmpty() && !voice.encoder().equals(encoder.key());
    }

    private VoiceProfile encodedAnew(VoiceProfile voice) {
        List<byte[]> recordings = registry.recordings(voice);
        VoiceProfile renewed = voice.with(encode(new Reference(recordings.getFirst(), recordings.subList(1, recordings.size()), voice.transcript(),
                Optional.of(voice.language()))), encoder.key());
        registry.update(renewed);
        return renewed;
    }

    /** What the networks know of recordings that came with a request; computed once, however many requests bring the same ones. */
    Conditioning conditioning(Reference reference) {
        String hash = reference.hash();
        Optional<Conditioning> known = known(hash);
        if (known.isPresent()) {
            return known.get();
        }
        CompletableFuture<Conditioning> own = new CompletableFuture<>();
        CompletableFuture<Conditioning> others = underWay.putIfAbsent(hash, own);
        if (others != null) {
            return UtterException.joined(others);
        }
        try {
            VoiceEncoder.Encoded encoded = encode(reference);
            Conditioning made = remembered(hash,
                    made(reference.transcript(), reference.language().orElse(Language.ENGLISH.code()), encoded.tokens(), encoded.style()));
            own.complete(made);
            return made;
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(hash);
        }
    }

    private Optional<Conditioning> known(Object key) {
        synchronized (conditionings) {
            return Optional.ofNullable(conditionings.get(key));
        }
    }

    private Conditioning remembered(Object key, Conditioning conditioning) {
        synchronized (conditionings) {
            conditionings.put(key, conditioning);
        }
        return conditioning;
    }

    private Conditioning made(Optional<String> transcript, String language, Optional<int[]> tokens, float[] style) {
        if (transcript.isEmpty() || tokens.isEmpty()) {
            return new Conditioning(new int[0], new float[0], new int[0], style);
        }
        Sentence words = text.prompt(transcript.get(), LanguageMode.parse(language), symbols());
        return new Conditioning(words.phoneIds(), features.of(words), tokens.get(), style);
    }

    SymbolTable symbols() {
        return bundle.manifest().symbols().equals("v1") ? SymbolTable.V1 : SymbolTable.V2;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
