package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.WaveformModel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The networks of one bundle with the threads that run them. Safe for use by many threads. */
public final class SpeechEngine implements AutoCloseable {
    private final Bundle bundle;
    private final EngineSettings settings;
    private final SemanticModel semantic;
    private final PriorModel prior;
    private final WaveformModel waveform;
    private final DecodeLoop loop;
    private volatile EngineMonitor monitor = EngineMonitor.NONE;

    /** Loads the networks, those of the two halves at the same time. */
    public SpeechEngine(Bundle bundle, EngineSettings settings) {
        this.bundle = bundle;
        this.settings = settings;
        CompletableFuture<WaveformModel> loading = CompletableFuture.supplyAsync(() -> new WaveformModel(bundle, settings.threads()));
        CompletableFuture<PriorModel> priorLoading = CompletableFuture.supplyAsync(() -> new PriorModel(bundle, settings.threads()));
        this.semantic = new SemanticModel(bundle, settings.threads());
        this.waveform = UtterException.joined(loading);
        this.prior = UtterException.joined(priorLoading);
        this.loop = new DecodeLoop(settings, semantic, new AcousticStage(prior, waveform, bundle.manifest()));
    }

    /** The bundle it speaks with. */
    public Bundle bundle() {
        return bundle;
    }

    /** The networks themselves, for measuring them. */
    public SemanticModel semantic() {
        return semantic;
    }

    public PriorModel prior() {
        return prior;
    }

    public WaveformModel waveform() {
        return waveform;
    }

    /**
     * Begins to speak. Sentences are taken one at a time, each while the one before is decoded.
     *
     * @param voice whose prompt and style to use
     * @param phrases the sentences; may take its time, and may throw
     * @param options how
     */
    public SpeechStream open(Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options) {
        return open(voice, phrases, options, Duration.ZERO, Deadline.never());
    }

    /** The same for a text that has taken some time already, which the report counts, and that is to be spoken in time. */
    public SpeechStream open(Conditioning voice, Iterator<Phrase> phrases, SpeechOptions options, Duration text, Deadline deadline) {
        return new Slot(loop, settings, bundle.manifest().sampleRate(), voice, phrases, options, text);
    }

    /** From now on tells the monitor what the engine does. */
    public void monitor(EngineMonitor monitor) {
        this.monitor = monitor;
    }

    /** Why this engine cannot speak any more; empty while all is well. */
    public Optional<String> broken() {
        return Optional.empty();
    }

    @Override
    public void close() {
        loop.close();
        semantic.close();
        prior.close();
        waveform.close();
    }
}
