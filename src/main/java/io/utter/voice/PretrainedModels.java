package io.utter.voice;

import io.utter.error.UtterException;
import io.utter.model.ContentModel;
import io.utter.model.Pretrained;
import io.utter.model.SpeakerModel;
import io.utter.model.TextFeatureModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The networks that bundles share, in memory once, and only while they are used; and the threads on which that is done: one for recordings,
 * each of which takes all processors for a second or so, and one for text, which does not wait for them.
 */
public final class PretrainedModels implements AutoCloseable {
    private static final Duration LINGER = Duration.ofSeconds(60);
    /** Who speaks Mandarin tends to go on. */
    private static final Duration TEXT_LINGER = Duration.ofMinutes(10);

    private final Path models;
    private final int threads;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon(true).name("voice-encoder").factory());
    private final ExecutorService textThread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon(true).name("text-encoder").factory());
    private final Map<String, Lingering<TextFeatureModel>> text = new ConcurrentHashMap<>();
    private final Map<String, Lingering<ContentModel>> content = new ConcurrentHashMap<>();
    private final Map<String, Lingering<SpeakerModel>> speaker = new ConcurrentHashMap<>();

    /**
     * @param models folder of bundles
     * @param threads how many threads of the processor one run may use
     */
    public PretrainedModels(Path models, int threads) {
        this.models = models;
        this.threads = threads;
    }

    int threads() {
        return threads;
    }

    /** Does something with networks when all that came before is done. Virtual threads that did it themselves would keep others from running. */
    public <R> R inTurn(Supplier<R> work) {
        return UtterException.joined(CompletableFuture.supplyAsync(work, thread));
    }

    <R> R withContent(String id, Function<ContentModel, R> work) {
        return content.computeIfAbsent(id, name -> new Lingering<>(() -> new ContentModel(Pretrained.open(models, name), threads), LINGER)).use(work);
    }

    /** Begins to load a network, so that it is there sooner when it is used; what goes wrong is told then. */
    void prepareContent(String id) {
        prepare(() -> withContent(id, model -> model));
    }

    /** The same for a network that embeds speakers. */
    void prepareSpeaker(String id) {
        prepare(() -> withSpeaker(id, model -> model));
    }

    private static void prepare(Runnable loading) {
        Thread.ofPlatform().daemon(true).name("encoder-load").start(() -> {
            try {
                loading.run();
            } catch (RuntimeException e) {
                // comes again when the network is used
            }
        });
    }

    <R> R withSpeaker(String id, Function<SpeakerModel, R> work) {
        return speaker.computeIfAbsent(id, name -> new Lingering<>(() -> new SpeakerModel(Pretrained.open(models, name), threads), LINGER)).use(work);
    }

    /**
     * Text features, when those that were asked for before are done.
     *
     * @param id of the network
     * @param characters what it is to read
     * @return [characters, width], row by row
     */
    public float[] textFeatures(String id, String characters) {
        return UtterException.joined(CompletableFuture.supplyAsync(() -> text
                .computeIfAbsent(id, name -> new Lingering<>(() -> new TextFeatureModel(Pretrained.open(models, name), threads), TEXT_LINGER))
                .use(model -> model.encode(characters)), textThread));
    }

    @Override
    public void close() {
        thread.shutdown();
        textThread.shutdown();
        text.values().forEach(Lingering::close);
        content.values().forEach(Lingering::close);
        speaker.values().forEach(Lingering::close);
    }
}
