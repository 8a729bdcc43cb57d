package io.utter.model;

import io.utter.error.UtterException;
import io.utter.model.ort.Cards;
import io.utter.model.ort.Device;
import io.utter.model.ort.DeviceSession;
import io.utter.model.ort.DeviceSessionOptions;
import io.utter.model.ort.DeviceSessionOptions.Runs;
import io.utter.model.ort.OnnxRuntime;
import io.utter.model.ort.OrtFailure;
import io.utter.model.ort.Session;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jboss.logging.Logger;

/**
 * Where each graph of a bundle runs: all of the policy is here. On a processor, there. On a card, what runs for each request, in its memory;
 * what runs once per voice, and text features, stay on the processor, since they would only take memory there. The waveform is run by a TensorRT
 * engine where the bundle has one that fits; none is ever built here.
 */
public final class Placement {
    /** What runs a graph. */
    public enum Provider {
        CPU,
        CUDA,
        /** An engine that was built beforehand. */
        TENSORRT
    }

    /**
     * What a device is to have room for.
     *
     * @param rowPositions positions of a row of caches: phones, prompt and tokens of the longest sentence
     * @param lanes runs of the acoustic stage at the same time
     * @param windows most chunks in each
     * @param repeatable whether steps of the transformer all have one size
     */
    public record Room(int rowPositions, int lanes, int windows, boolean repeatable) {
        /** A transformer's rows are few; what lies between its nodes is small. */
        private static final long TRANSFORMER = 512L << 20;
        private static final long PRIOR = 256L << 20;
        /** The widest stage of a generator of full size, for a window of 4 seconds: some six tensors of 16 MB, and what cuDNN takes. */
        private static final long WINDOW = 160L << 20;

        /** Most bytes that may lie between the nodes of a graph. */
        long workSpace(String graph) {
            return switch (graph) {
                case Bundle.MASKED_WAVEFORM -> (windows + 1) * WINDOW;
                case Bundle.PRIOR -> PRIOR;
                default -> TRANSFORMER;
            };
        }
    }

    private static final Logger LOG = Logger.getLogger(Placement.class);
    private static final Set<String> ON_THE_PROCESSOR = Set.of(Bundle.FEATURES, Bundle.STYLE, Bundle.QUANTIZER);

    private final DeviceName device;
    private final int threads;
    private final Room room;
    private final boolean captures;
    /** What engines must have been built for, by a card's number. */
    private final IntFunction<EngineMachine> machine;
    private final Map<String, Provider> chosen = new ConcurrentHashMap<>();
    /** Folders of engines that fit, by bundle: looked for once, so that the log names those that do not fit once. */
    private final Map<Path, Optional<Path>> engines = new ConcurrentHashMap<>();

    private Placement(DeviceName device, int threads, Room room, boolean captures, IntFunction<EngineMachine> machine) {
        this.device = device;
        this.threads = threads;
        this.room = room;
        this.captures = captures;
        this.machine = machine;
    }

    /**
     * Everything on the processor.
     *
     * @param threads how many threads one run may use
     */
    public static Placement onProcessor(int threads) {
        return new Placement(DeviceName.CPU, threads, new Room(0, 1, 1, false), true, EngineMachine::of);
    }

    /**
     * On what was named.
     *
     * @param room what a card is to have room for
     */
    public static Placement on(DeviceName device, int threads, Room room) {
        return on(device, threads, room, EngineMachine::of);
    }

    /** The same on a machine of which this is known. */
    static Placement on(DeviceName device, int threads, Room room, IntFunction<EngineMachine> machine) {
        return new Placement(device, threads, room, true, machine);
    }

    /** The same without captured runs. */
    public Placement eager() {
        return new Placement(device, threads, room, false, machine);
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

    Room room() {
        return room;
    }

    /** Bytes that may lie between the nodes of all graphs together. */
    long workSpace() {
        return room.workSpace(Bundle.PREFILL) + room.workSpace(Bundle.DECODE) + room.workSpace(Bundle.PRIOR)
                + room.lanes * room.workSpace(Bundle.MASKED_WAVEFORM);
    }

    /** Memory of the device that nobody uses; empty for the processor, whose memory is not ours to divide. */
    Optional<Long> freeBytes() {
        return device.kind() == DeviceName.Kind.CUDA ? Optional.of(Cards.memory(device.number()).free()) : Optional.empty();
    }

    /** Memory of the device that is in use now, whoever uses it; 0 for the processor. */
    public long usedBytes() {
        if (device.kind() != DeviceName.Kind.CUDA) {
            return 0;
        }
        Cards.Memory memory = Cards.memory(device.number());
        return memory.total() - memory.free();
    }

    /** A queue on the device. */
    Device open() {
        return device.kind() == DeviceName.Kind.CUDA ? Device.cuda(device.number()) : Device.host();
    }

    /** Loads a graph that is run from any thread. */
    Network network(Bundle bundle, String graph) {
        return new Network(graph, session(bundle, graph));
    }

    /** Loads a network that runs once per voice. */
    Network network(Pretrained pretrained) {
        return new Network(pretrained.id(), loading(pretrained.id(), Provider.CPU,
                () -> OnnxRuntime.chosen().openForFewRuns(pretrained.graph(), threads)));
    }

    /** Loads a network that is no part of a bundle. */
    Network network(Path graph) {
        String name = graph.getFileName().toString();
        return new Network(name, loading(name, Provider.CPU, () -> OnnxRuntime.chosen().open(graph, threads)));
    }

    private Session session(Bundle bundle, String graph) {
        boolean card = device.kind() == DeviceName.Kind.CUDA && !ON_THE_PROCESSOR.contains(graph);
        return loading(graph, card ? Provider.CUDA : Provider.CPU, () -> {
            if (!card) {
                return OnnxRuntime.chosen().open(bundle.file(graph), threads);
            }
            try (Device noQueue = open()) { // runs that are independent need none
                return open(bundle, graph, noQueue, Runs.INDEPENDENT);
            }
        });
    }

    /** Loads a graph that is run in a device's queue, and whose runs are captured where that can be. */
    DeviceSession queued(Bundle bundle, String graph, Device queue) {
        return loading(graph, device.kind() == DeviceName.Kind.CUDA ? Provider.CUDA : Provider.CPU, () -> {
            if (!captures) {
                return open(bundle, graph, queue, Runs.QUEUED);
            }
            try {
                return open(bundle, graph, queue, Runs.CAPTURED);
            } catch (OrtFailure e) {
                DeviceSession eager = open(bundle, graph, queue, Runs.QUEUED);
                LOG.warnf("graph %s runs without being captured on %s: %s", graph, device, e.getMessage());
                return eager;
            }
        });
    }

    /** Loads a graph's engine to be run in a device's queue, if there is one that fits; without one, or if it does not load, the graph itself is to be. */
    Optional<DeviceSession> engine(Bundle bundle, String graph, Device queue) {
        return engine(bundle, graph).flatMap(engine -> {
            try {
                DeviceSession session = queue.openEngine(engine.resolve(EngineFile.MODEL), threads);
                chosen.put(graph, Provider.TENSORRT);
                return Optional.of(session);
            } catch (OrtFailure e) {
                LOG.warnf("engine %s does not load, graph %s runs on CUDA: %s", engine.getFileName(), graph, e.getMessage());
                return Optional.empty();
            }
        });
    }

    /** The folder of the engine that is to run a graph, if there is one that fits. */
    Optional<Path> engine(Bundle bundle, String graph) {
        return device.kind() == DeviceName.Kind.CUDA && EngineKey.isCompiled(graph)
                ? engines.computeIfAbsent(bundle.folder(), folder -> fitting(bundle)) : Optional.empty();
    }

    private Optional<Path> fitting(Bundle bundle) {
        EngineFolder folder = new EngineFolder(bundle);
        try {
            if (folder.isEmpty()) {
                return Optional.empty(); // and nobody asks whether there is TensorRT
            }
            EngineFolder.Choice choice = folder.choose(room.windows, machine.apply(device.number()));
            choice.others().forEach(other -> LOG.warnf("engine %s of bundle %s is not used: %s", other.name(), bundle.manifest().name(), other.why()));
            return choice.fitting();
        } catch (UtterException.Failed e) {
            LOG.warnf("engines of bundle %s are not used: %s", bundle.manifest().name(), e.getMessage());
            return Optional.empty();
        }
    }

    private DeviceSession open(Bundle bundle, String graph, Device queue, Runs runs) {
        return queue.open(bundle.file(graph), new DeviceSessionOptions(threads, runs, bundle.manifest().isReduced(), room.workSpace(graph)));
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
