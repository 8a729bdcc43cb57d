package io.utter.lifecycle;

import io.quarkus.arc.DefaultBean;
import io.utter.config.UtterConfig;
import io.utter.engine.ChunkPlan;
import io.utter.engine.EngineSettings;
import io.utter.model.Bundle;
import io.utter.model.PolyphoneModel;
import io.utter.speech.BundleSpeechService;
import io.utter.speech.SpeechService;
import io.utter.speech.VoiceSettings;
import io.utter.text.LanguageFrontEnd;
import io.utter.text.TextFrontEnd;
import io.utter.text.en.EnglishFrontEnd;
import io.utter.text.ja.JapaneseFrontEnd;
import io.utter.text.ko.KoreanFrontEnd;
import io.utter.text.mixed.FastTextModel;
import io.utter.text.mixed.LanguageIdentifier;
import io.utter.text.mixed.LanguageSegmenter;
import io.utter.text.mixed.ScriptIdentifier;
import io.utter.text.yue.CantoneseFrontEnd;
import io.utter.text.zh.MandarinFrontEnd;
import io.utter.text.zh.Polyphones;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Loads the bundles of {@code utter.models}: what {@code serve}, {@code say} and {@code voices} speak with. */
@ApplicationScoped
@DefaultBean
public class BundleLoader implements SpeechServiceLoader {
    private static final List<String> IDENTIFIERS = List.of("lid.176.bin", "lid.176.ftz");

    @Override
    public SpeechService load(UtterConfig config) {
        return load(config, plan(config));
    }

    @Override
    public SpeechService open(UtterConfig config) {
        return service(config, plan(config), BundleSpeechService.Networks.WHEN_NEEDED);
    }

    /** @param plan when tokens become audio, whatever the configuration says */
    public static SpeechService load(UtterConfig config, ChunkPlan plan) {
        return service(config, plan, BundleSpeechService.Networks.AT_ONCE);
    }

    private static SpeechService service(UtterConfig config, ChunkPlan plan, BundleSpeechService.Networks networks) {
        return new BundleSpeechService(config.models(), config.defaultModel(), settings(config), config.modelsMemory(),
                new VoiceSettings(addedVoices(config), config.voices().most(), VoiceSettings.aliases(config.voices().aliases()),
                        Runtime.getRuntime().availableProcessors()), plan,
                () -> new TextFrontEnd(languages(polyphones(config.models())), new LanguageSegmenter(identifier(config.models()))), networks);
    }

    private static List<LanguageFrontEnd> languages(Optional<Supplier<Polyphones>> polyphones) {
        List<LanguageFrontEnd> languages = new ArrayList<>(MandarinFrontEnd.ofAllGenerations(polyphones));
        languages.addAll(List.of(new EnglishFrontEnd(), new JapaneseFrontEnd(), new KoreanFrontEnd(), new CantoneseFrontEnd()));
        return languages;
    }

    /**
     * What chooses between the readings of Mandarin characters, if it is beside the bundles.
     *
     * @throws io.utter.error.UtterException.Failed if only its network is there, and not what belongs to it
     */
    private static Optional<Supplier<Polyphones>> polyphones(Path models) {
        Path folder = models.resolve(Bundle.POLYPHONES);
        Path network = folder.resolve(Polyphones.NETWORK);
        if (!Files.isReadable(network)) {
            return Optional.empty();
        }
        Polyphones.check(folder);
        PolyphoneModel model = new PolyphoneModel(network, Runtime.getRuntime().availableProcessors());
        return Optional.of(() -> new Polyphones(folder, model::probabilities));
    }

    /** By the model beside the bundles, if there is one; the larger one, if there are both. Read when a text is first taken apart. */
    private static LanguageIdentifier identifier(Path models) {
        return IDENTIFIERS.stream().map(models.resolve(Bundle.LANGUAGE_ID)::resolve).filter(Files::isReadable).findFirst()
                .map(FastTextModel::opened).orElseGet(ScriptIdentifier::new);
    }

    /** Where added voices are kept: where the configuration says, else beside the bundles, if that can be written to; empty: in memory. */
    public static Optional<Path> addedVoices(UtterConfig config) {
        return config.voices().folder()
                .or(() -> Files.isWritable(config.models()) ? Optional.of(config.models().resolve(Bundle.ADDED_VOICES)) : Optional.empty());
    }

    /** How the configuration wants the machine to be used. */
    public static EngineSettings settings(UtterConfig config) {
        UtterConfig.Engine engine = config.engine();
        return new EngineSettings(config.device(), engine.threads(), engine.runs(), engine.slots(), config.streaming().chunksAhead(),
                engine.acousticBatch(),
                new EngineSettings.Card(config.card().memory(), config.card().rowPositions(), config.card().repeatable()), config.limits().stallTimeout());
    }

    private static ChunkPlan plan(UtterConfig config) {
        UtterConfig.Streaming streaming = config.streaming();
        return new ChunkPlan(streaming.firstChunk(), streaming.lookAhead(), streaming.hold(), streaming.growth(), streaming.longestChunk());
    }
}
