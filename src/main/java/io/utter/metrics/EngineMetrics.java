package io.utter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.utter.engine.EngineMonitor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** What engines do and hold, per model. An engine's meters are looked up once, since it tells of every step. */
final class EngineMetrics implements EngineMonitor {
    private static final String STEP_DURATION = "tts.step.duration";
    private static final String BATCH_SIZE = "tts.batch.size";
    private static final String PREFILL_DURATION = "tts.prefill.duration";
    private static final String ACOUSTIC_DURATION = "tts.acoustic.duration";
    private static final String ACOUSTIC_BATCH_SIZE = "tts.acoustic.batch.size";
    private static final String SLOTS = "tts.slots";
    private static final String QUEUE_DEPTH = "tts.queue.depth";
    private static final String CACHE_BYTES = "tts.cache.bytes";
    private static final String GRAPH_PROVIDER = "tts.graph.provider";
    private static final String DEVICE_MEMORY = "tts.device.memory.bytes";
    private static final String BROKEN_SESSIONS = "tts.sessions.broken";

    private static final Duration[] STEP_BUCKETS = SpeechMetrics.millis(1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 80, 120, 200, 500);
    private static final Duration[] RUN_BUCKETS = SpeechMetrics.millis(1, 2, 5, 10, 20, 50, 100, 200, 400, 800, 1600, 3200);
    private static final double[] BATCH_BUCKETS = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};

    private static final Holdings NOTHING = new Holdings(0, 0, 0, 0, 0);

    private final MeterRegistry registry;
    private final Map<String, Engine> engines = new ConcurrentHashMap<>();

    /** @param models those whose meters are there from the start; others' come when they are first told of */
    EngineMetrics(MeterRegistry registry, Collection<String> models) {
        this.registry = registry;
        models.forEach(this::engine);
    }

    /** The meters of one engine. */
    private static final class Engine {
        private final Timer step;
        private final DistributionSummary batch;
        private final Timer prefill;
        private final Timer acoustic;
        private final DistributionSummary acousticBatch;
        private final Counter recovered;
        private final Counter lost;
        private volatile Holdings holds = NOTHING;

        Engine(String model, MeterRegistry registry) {
            step = timer(STEP_DURATION, "A step of the decode loop: a token for each stream of the batch", STEP_BUCKETS, model, registry);
            batch = batches(BATCH_SIZE, "Streams in a step of the decode loop", model, registry);
            prefill = timer(PREFILL_DURATION, "The first pass over a sentence", RUN_BUCKETS, model, registry);
            acoustic = timer(ACOUSTIC_DURATION, "A run of the acoustic stage", RUN_BUCKETS, model, registry);
            acousticBatch = batches(ACOUSTIC_BATCH_SIZE, "Chunks in a run of the acoustic stage", model, registry);
            recovered = broken(true, model, registry);
            lost = broken(false, model, registry);
            slots("active", now -> now.active() - now.parked(), model, registry);
            slots("parked", Holdings::parked, model, registry);
            slots("free", now -> now.slots() - now.active(), model, registry);
            Gauge.builder(QUEUE_DEPTH, () -> holds.waiting()).description("Streams that wait for a slot")
                    .tag("model", model).register(registry);
            Gauge.builder(CACHE_BYTES, () -> holds.cacheBytes()).description("Memory of key and value caches").baseUnit("bytes")
                    .tag("model", model).register(registry);
        }

        private void slots(String state, ToDoubleFunction<Holdings> count, String model, MeterRegistry registry) {
            Gauge.builder(SLOTS, () -> count.applyAsDouble(holds)).description("Slots for streams, by what they do")
                    .tag("model", model).tag("state", state).register(registry);
        }

        private static Timer timer(String name, String description, Duration[] buckets, String model, MeterRegistry registry) {
            return Timer.builder(name).description(description).tag("model", model).serviceLevelObjectives(buckets).register(registry);
        }

        private static DistributionSummary batches(String name, String description, String model, MeterRegistry registry) {
            return DistributionSummary.builder(name).description(description).tag("model", model).serviceLevelObjectives(BATCH_BUCKETS)
                    .register(registry);
        }

        private static Counter broken(boolean recovered, String model, MeterRegistry registry) {
            return Counter.builder(BROKEN_SESSIONS).description("Failures that spoiled a network, by whether a new one took its place")
                    .tag("model", model).tag("recovered", Boolean.toString(recovered)).register(registry);
        }
    }

    @Override
    public void stepped(String model, int batch, Duration took) {
        Engine engine = engine(model);
        engine.step.record(took);
        engine.batch.record(batch);
    }

    @Override
    public void prefilled(String model, int rows, Duration took) {
        engine(model).prefill.record(took);
    }

    @Override
    public void rendered(String model, int batch, Duration took) {
        Engine engine = engine(model);
        engine.acoustic.record(took);
        engine.acousticBatch.record(batch);
    }

    @Override
    public void holds(String model, Holdings now) {
        engine(model).holds = now;
    }

    @Override
    public void placed(String model, Placed where) {
        where.providers().forEach((graph, provider) -> Gauge.builder(GRAPH_PROVIDER, () -> 1).description("What runs each graph, and where")
                .tag("model", model).tag("device", where.device()).tag("graph", graph).tag("provider", provider).register(registry));
        if (where.budgetBytes() > 0) {
            memory(model, where.device(), "reserved", where::reservedBytes);
            memory(model, where.device(), "budget", where::budgetBytes);
            memory(model, where.device(), "used", where.usedBytes());
        }
    }

    @Override
    public void unloaded(String model) {
        engine(model).holds = NOTHING;
        for (String name : List.of(GRAPH_PROVIDER, DEVICE_MEMORY)) {
            registry.find(name).tag("model", model).meters().forEach(registry::remove);
        }
    }

    private void memory(String model, String device, String kind, LongSupplier bytes) {
        Gauge.builder(DEVICE_MEMORY, bytes::getAsLong).description("Memory of a device: reserved for a model, what it may have, and in use by anybody")
                .baseUnit("bytes").tag("model", model).tag("device", device).tag("kind", kind).register(registry);
    }

    @Override
    public void broke(String model, boolean recovered) {
        Engine engine = engine(model);
        (recovered ? engine.recovered : engine.lost).increment();
    }

    private Engine engine(String model) {
        Engine known = engines.get(model);
        return known != null ? known : engines.computeIfAbsent(model, name -> new Engine(name, registry));
    }
}
