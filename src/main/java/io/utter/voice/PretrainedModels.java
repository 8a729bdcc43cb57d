package io.utter.voice;

import io.utter.model.ContentModel;
import io.utter.model.Pretrained;
import io.utter.model.SpeakerModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The networks that bundles share, in memory once, and only while recordings are being encoded. */
public final class PretrainedModels implements AutoCloseable {
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final Path models;
    private final int threads;
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

    <R> R withContent(String id, Function<ContentModel, R> work) {
        return content.computeIfAbsent(id, name -> new Lingering<>(() -> new ContentModel(Pretrained.open(models, name), threads), LINGER)).use(work);
    }

    <R> R withSpeaker(String id, Function<SpeakerModel, R> work) {
        return speaker.computeIfAbsent(id, name -> new Lingering<>(() -> new SpeakerModel(Pretrained.open(models, name), threads), LINGER)).use(work);
    }

    @Override
    public void close() {
        content.values().forEach(Lingering::close);
        speaker.values().forEach(Lingering::close);
    }
}
