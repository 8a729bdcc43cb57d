package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.DeviceSessionOptions;
import io.utter.model.ort.DeviceSessionOptions.Runs;
import io.utter.model.ort.OnnxRuntime;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where each graph of a bundle runs: all of the policy is here. On a processor, there. On a card, what runs for each request, in its memory;
 * what runs once per voice, and text features, stay on the processor, since they would only take memory there.
 */
public final class Placement {
    /** What runs a graph. */
    public enum Provider {
        CPU,
        CUDA
    }

    private static final Set<String> ON_THE_PROCESSOR = Set.of(Bundle.FEATURES, Bundle.STYLE);

    private final DeviceName device;
    private final int threads;
    private final int rowPositions;
    private final Map<String, Provider> chosen = new ConcurrentHashMap<>();

    private Placement(DeviceName device, int threads, int rowPositions) {
        this.device = device;
        this.threads = threads;
        this.rowPositions = rowPositions;
    }

    /**
     * Everything on the processor.
     *
     * @param threads how many threads one run may use
     */
    public static Placement onProcessor(int threads) {
        return new Placement(DeviceName.CPU, threads, 0);
    }

    /**
     * On what was named.
     *
     * @param rowPositions positions of a row of caches in a card's memory: phones, prompt and tokens of the longest sentence
     */
    public static Placement on(DeviceName device, int threads, int rowPositions) {
        return new Placement(device, threads, rowPositions);
    }

    public DeviceName device() {
        return device;
    }

    /** Which graphs have been loaded, by their files' names, and what runs them. */
    public Map<String, Provider> providers() {
        return Map.copyOf(chosen);
    }

    /** Whether the transformer is decoded with graphs for devices. */
    boolean usesDeviceGraphs() {
        return device.kind() != DeviceName.Kind.CPU;
    }

    int rowPositions() {
        return rowPositions;
    }

    /** A queue on the device. */
    Device open() {
        return device.kind() == DeviceName.Kind.CUDA ? Device.cuda(device.number()) : Device.host();
    }

    /** Loads a graph that is run from any thread. */
    Network network(Bundle bundle, String graph) {
        return new Network(graph, session(bundle, graph));
    }

    private Session session(Bundle bundle, String graph) {
        boolean card = device.kind() == DeviceName.Kind.CUDA && !ON_THE_PROCESSOR.contains(graph);
        Path file = bundle.file(graph);
        return loading(graph, card ? Provider.CUDA : Provider.CPU, () -> {
            if (!card) {
                return OnnxRuntime.chosen().open(file, threads);
            }
            return Device.cuda(device.number()).open(file, new DeviceSessionOptions(threads, Runs.INDEPENDENT, 0));
        });
    }

    /** Loads a graph that is run in a device's queue. */
    DeviceSession session(Bundle bundle, String graph, Device queue, Runs runs) {
        return loading(graph, device.kind() == DeviceName.Kind.CUDA ? Provider.CUDA : Provider.CPU,
                () -> queue.open(bundle.file(graph), new DeviceSessionOptions(threads, runs, 0)));
    }

    private interface Loading<T> {
        T load();
    }

    private <T> T loading(String graph, Provider provider, Loading<T> loading) {
        try {
            T loaded = loading.load();
            chosen.put(graph, provider);
            return loaded;
        } catch (OrtFailure e) {
            throw new UtterException.Failed("model_unloadable", "graph " + graph + " does not load on " + device + ": " + e.getMessage(), e);
        }
    }
}
