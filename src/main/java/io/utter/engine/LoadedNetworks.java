package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.Placement;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.TokenDecoder;
import io.utter.model.WaveformModel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A bundle's networks on one device, loaded again where one is spoilt. */
final class LoadedNetworks implements Networks, AutoCloseable {
    private final Bundle bundle;
    private final int slots;
    private final Placement placement;
    private volatile SemanticModel semantic;
    private volatile PriorModel prior;
    private volatile WaveformModel waveform;
    private volatile AcousticStage acoustic;

    /** Loads those of the two halves at the same time. */
    LoadedNetworks(Bundle bundle, int slots, Placement placement) {
        this.bundle = bundle;
        this.slots = slots;
        this.placement = placement;
        CompletableFuture<Void> other = CompletableFuture.runAsync(this::loadAcoustic,
                load -> Thread.ofPlatform().daemon(true).name("acoustic-load").start(load));
        try {
            this.semantic = new SemanticModel(bundle, placement);
            UtterException.joined(other);
        } catch (RuntimeException e) {
            other.handle((loaded, failure) -> null).join(); // a card may then be given up, and must have its memory back
            close();
            throw e;
        }
    }

    private void loadAcoustic() {
        waveform = new WaveformModel(bundle, placement);
        prior = new PriorModel(bundle, placement);
        acoustic = new AcousticStage(prior, waveform, bundle.manifest());
    }

    SemanticModel semantic() {
        return semantic;
    }

    PriorModel prior() {
        return prior;
    }

    WaveformModel waveform() {
        return waveform;
    }

    @Override
    public TokenDecoder newDecoder() {
        return semantic.newBatch(slots);
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

    /** Those that were loaded. */
    @Override
    public void close() {
        Optional.ofNullable(semantic).ifPresent(SemanticModel::close);
        Optional.ofNullable(prior).ifPresent(PriorModel::close);
        Optional.ofNullable(waveform).ifPresent(WaveformModel::close);
    }
}
