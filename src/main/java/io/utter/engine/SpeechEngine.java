package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.Devices;
import io.utter.model.Placement;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** The networks of one bundle with the threads that run them. Safe for use by many threads. */
public final class SpeechEngine implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpeechEngine.class);

    private final Bundle bundle;
    private final EngineSettings settings;
    private final LoadedNetworks networks;
    private final DecodeLoop loop;
    private volatile EngineMonitor monitor = EngineMonitor.NONE;

    /** Loads the networks, those of the two halves at the same time. */
    public SpeechEngine(Bundle bundle, EngineSettings settings) {
        this.bundle = bundle;
        Devices devices = Devices.of(settings.device());
        devices.remark().ifPresent(LOG::info);
        DeviceName device = devices.names().getFirst();
        this.settings = settings.suiting(bundle.manifest().semantic(), device, Runtime.getRuntime().availableProcessors());
        this.networks = new LoadedNetworks(bundle, this.settings, this.settings.placement(device));
        this.loop = new DecodeLoop(bundle.manifest().name(), this.settings, networks, () -> monitor);
    }

    /** The bundle it speaks with. */
    public Bundle bundle() {
        return bundle;
    }

    /** The networks themselves, for measuring them. */
    public SemanticModel semantic() {
        return networks.semantic;
    }

    public PriorModel prior() {
        return networks.prior;
    }

    public WaveformModel waveform() {
        return networks.waveform;
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
        return new Slot(loop, settings, bundle.manifest().sampleRate(), voice, phrases, options, text, deadline);
    }

    /** From now on tells the monitor what the engine does. */
    public void monitor(EngineMonitor monitor) {
        this.monitor = monitor;
    }

    /** Why this engine cannot speak any more; empty while all is well. */
    public Optional<String> broken() {
        return loop.broken();
    }

    @Override
    public void close() {
        loop.close();
        networks.close();
    }

    /** The bundle's networks, loaded again where one is spoilt. */
    private static final class LoadedNetworks implements Networks, AutoCloseable {
        private final Bundle bundle;
        private final EngineSettings settings;
        private final Placement placement;
        private volatile SemanticModel semantic;
        private volatile PriorModel prior;
        private volatile WaveformModel waveform;
        private volatile AcousticStage acoustic;

        LoadedNetworks(Bundle bundle, EngineSettings settings, Placement placement) {
            this.bundle = bundle;
            this.settings = settings;
            this.placement = placement;
            CompletableFuture<Void> other = CompletableFuture.runAsync(this::loadAcoustic,
                    load -> Thread.ofPlatform().daemon(true).name("acoustic-load").start(load));
            this.semantic = new SemanticModel(bundle, placement);
            UtterException.joined(other);
        }

        private void loadAcoustic() {
            waveform = new WaveformModel(bundle, placement);
            prior = new PriorModel(bundle, placement);
            acoustic = new AcousticStage(prior, waveform, bundle.manifest());
        }

        @Override
        public TokenDecoder newDecoder() {
            return semantic.newBatch(settings.slots());
        }

        @Override
        public AcousticStage acoustic() {
            return acoustic;
        }

        @Override
        public void renewSemantic() {
            semantic.close();
            semantic = new SemanticModel(bundle, placement);
        }

        @Override
        public void renewAcoustic() {
            waveform.close();
            prior.close();
            loadAcoustic();
        }

        @Override
        public void close() {
            semantic.close();
            prior.close();
            waveform.close();
        }
    }
}
