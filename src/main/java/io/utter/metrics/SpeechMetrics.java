package io.utter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.utter.engine.EngineMonitor;
import io.utter.engine.SpeechReport;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What requests are measured by, with the buckets. What engines do is {@link EngineMetrics}. As OpenTelemetry's GenAI conventions have it,
 * {@code tts.request.duration} is {@code gen_ai.server.request.duration} and {@code tts.time_to_first_audio} is
 * {@code gen_ai.server.time_to_first_token}.
 */
@ApplicationScoped
public class SpeechMetrics {
    private static final String REQUEST_DURATION = "tts.request.duration";
    private static final String TIME_TO_FIRST_AUDIO = "tts.time_to_first_audio";
    private static final String REAL_TIME_FACTOR = "tts.rtf";
    private static final String AUDIO_SECONDS = "tts.audio.seconds";
    private static final String STAGE_DURATION = "tts.stage.duration";
    private static final String QUEUE_WAIT = "tts.queue.wait";
    private static final String ESTIMATED_WAIT = "tts.queue.estimated_wait";
    private static final String PERMITS = "tts.permits";
    private static final String ADMITTED = "tts.admitted";
    private static final String STREAMS = "tts.streams.active";
    private static final String REJECTED = "tts.rejected";
    private static final String CANCELLED = "tts.cancelled";
    private static final String REDRAWS = "tts.sentences.redrawn";
    private static final String CUTS = "tts.sentences.cut";
    private static final String STARTUP_SECONDS = "tts.startup.seconds";

    private static final Duration[] FIRST_AUDIO_BUCKETS = millis(25, 50, 75, 100, 150, 200, 300, 450, 700, 1000, 1500, 2500, 5000, 10_000);
    private static final Duration[] STAGE_BUCKETS = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000);
    private static final Duration[] REQUEST_BUCKETS = millis(50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000, 300_000);
    private static final double[] REAL_TIME_FACTOR_BUCKETS = {0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 2, 4};

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> requests = new EnumMap<>(Outcome.class);
    private final Timer firstAudio;
    private final Timer queueWait;
    private final DistributionSummary realTimeFactor;
    private final Counter audioSeconds;
    private final Counter redraws;
    private final Counter cuts;
    private final Stages stages;
    private final Counter admitted;
    private final Map<SpeechReport.Stage, Counter> cancelled = new EnumMap<>(SpeechReport.Stage.class);
    private final Map<String, Counter> rejected = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();

    private record Stages(Timer text, Timer prefill, Timer decode, Timer acoustic) {}

    public SpeechMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            requests.put(outcome, Timer.builder(REQUEST_DURATION).description("From a request's arrival to its end, by outcome")
                    .tag("outcome", outcome.label()).serviceLevelObjectives(REQUEST_BUCKETS).register(registry));
        }
        firstAudio = Timer.builder(TIME_TO_FIRST_AUDIO).description("From a request's arrival to its first chunk of audio")
                .serviceLevelObjectives(FIRST_AUDIO_BUCKETS).register(registry);
        queueWait = Timer.builder(QUEUE_WAIT).description("From a request's arrival to its first turn in the decode loop")
                .serviceLevelObjectives(FIRST_AUDIO_BUCKETS).register(registry);
        realTimeFactor = DistributionSummary.builder(REAL_TIME_FACTOR).description("Time to make the audio over its length")
                .serviceLevelObjectives(REAL_TIME_FACTOR_BUCKETS).register(registry);
        audioSeconds = Counter.builder(AUDIO_SECONDS).description("Audio made").baseUnit("seconds").register(registry);
        redraws = Counter.builder(REDRAWS).description("Sentences drawn anew because their tokens had collapsed").register(registry);
        cuts = Counter.builder(CUTS).description("Sentences cut short because their tokens collapsed").register(registry);
        stages = new Stages(stage("text"), stage("prefill"), stage("decode"), stage("acoustic"));
        Gauge.builder(STREAMS, streams, AtomicInteger::get).description("Streams that run now").register(registry);
        admitted = Counter.builder(ADMITTED).description("Requests let in").register(registry);
        for (SpeechReport.Stage stage : SpeechReport.Stage.values()) {
            cancelled.put(stage, Counter.builder(CANCELLED).description("Streams whose caller left, by how far they had come")
                    .tag("stage", stage.name().toLowerCase(Locale.ROOT)).register(registry));
        }
        Stream.of("overloaded", "too_many_requests", "starting", "draining").forEach(this::rejectedFor); // there from the start
    }

    /** A stream begins; each is ended by one {@link #streamEnded}. */
    public void streamBegan() {
        streams.incrementAndGet();
    }

    /** A stream ended, whole or not. */
    public void streamEnded(SpeechReport report, Outcome outcome) {
        streams.decrementAndGet();
        boolean heard = report.samples() > 0;
        if (report.stage() != SpeechReport.Stage.QUEUED) {
            queueWait.record(report.queued());
        }
        stages.text.record(report.text());
        stages.prefill.record(report.prefill());
        stages.decode.record(report.decode());
        stages.acoustic.record(report.acoustic());
        audioSeconds.increment(report.audio().toNanos() / 1e9);
        redraws.increment(report.redraws());
        cuts.increment(report.cuts());
        if (heard) {
            firstAudio.record(report.firstAudio());
        }
        if (outcome == Outcome.COMPLETE) {
            realTimeFactor.record(report.realTimeFactor());
        } else if (outcome == Outcome.CANCELLED) {
            cancelled.get(report.stage()).increment();
        }
    }

    /** A request is over. */
    public void requestEnded(Outcome outcome, Duration total) {
        requests.get(outcome).record(total);
    }

    /** A request was refused, for the reason with this code. */
    public void rejected(String code) {
        Counter known = rejected.get(code);
        (known != null ? known : rejectedFor(code)).increment();
    }

    /** A request got its place in the queue or a slot. */
    public void admitted() {
        admitted.increment();
    }

    /** From now on shows how the door is: permits that are held, and the wait that a new request would have, if it is known. */
    public void watch(IntSupplier permits, Supplier<Optional<Duration>> estimatedWait) {
        Gauge.builder(PERMITS, permits::getAsInt).description("Requests that have been let in and have not ended").register(registry);
        Gauge.builder(ESTIMATED_WAIT, () -> estimatedWait.get().map(wait -> wait.toNanos() / 1e9).orElse(Double.NaN))
                .description("How long a request that came now would wait for a slot").baseUnit("seconds").register(registry);
    }

    /** Takes down what the engines of these models do, and of all others that it is told of. */
    public EngineMonitor monitor(Collection<String> models) {
        return new EngineMetrics(registry, models);
    }

    /** A phase of the start has ended. */
    public void startup(String phase, Duration took) {
        double seconds = took.toNanos() / 1e9;
        Gauge.builder(STARTUP_SECONDS, () -> seconds).description("How long each phase of the start took").tag("phase", phase).register(registry);
    }

    private Counter rejectedFor(String code) {
        return rejected.computeIfAbsent(code, reason -> Counter.builder(REJECTED)
                .description("Requests refused, by the code of the refusal").tag("reason", reason).register(registry));
    }

    private Timer stage(String name) {
        return Timer.builder(STAGE_DURATION).description("Wall time a stream spent in each stage").tag("stage", name)
                .serviceLevelObjectives(STAGE_BUCKETS).register(registry);
    }

    static Duration[] millis(long... values) {
        return java.util.Arrays.stream(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
