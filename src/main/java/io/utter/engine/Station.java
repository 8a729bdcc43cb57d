package io.utter.engine;

import io.utter.model.Bundle;
import io.utter.model.DeviceName;
import io.utter.model.MemoryPlan;
import io.utter.model.Placement;
import java.util.stream.Collectors;

/** A device with a bundle's networks and the threads that run them there. */
final class Station implements AutoCloseable {
    private final Placement placement;
    private final MemoryPlan memory;
    private final LoadedNetworks networks;
    private final DecodeLoop loop;

    /**
     * @param settings suiting the device
     * @throws io.utter.error.UtterException.Failed if the networks do not load there, or need more memory than they may have
     */
    Station(Bundle bundle, DeviceName device, EngineSettings settings, EngineMonitor monitor) {
        this.placement = settings.placement(device);
        this.memory = MemoryPlan.of(bundle, placement, settings.slots()).within(settings.card().memoryBytes());
        memory.check(bundle.manifest().name(), device);
        this.networks = new LoadedNetworks(bundle, settings.slots(), placement);
        try {
            this.loop = new DecodeLoop(bundle.manifest().name(), settings, networks, monitor);
        } catch (RuntimeException e) {
            networks.close();
            throw e;
        }
    }

    DecodeLoop loop() {
        return loop;
    }

    LoadedNetworks networks() {
        return networks;
    }

    /** What an operator may want to know of it. */
    EngineMonitor.Placed placed() {
        return new EngineMonitor.Placed(placement.device().toString(),
                placement.providers().entrySet().stream().collect(Collectors.toMap(entry -> entry.getKey().replaceFirst("\\.onnx$", ""),
                        entry -> entry.getValue().name().toLowerCase(java.util.Locale.ROOT))),
                memory.total(), memory.budget(), placement::usedBytes);
    }

    @Override
    public void close() {
        loop.close();
        networks.close();
    }
}
