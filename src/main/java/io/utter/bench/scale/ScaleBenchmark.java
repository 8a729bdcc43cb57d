package io.utter.bench.scale;

import io.utter.bench.DevicesBenchmark;
import io.utter.bench.Figures;
import io.utter.bench.ProcessUsage;
import io.utter.engine.EngineSettings;
import io.utter.engine.SpeechEngine;
import io.utter.model.Bundle;
import java.util.List;
import java.util.Optional;

/** Measures how fast a pod like this machine is, and replays traces of requests with that. */
public final class ScaleBenchmark {
    private static final long SEED = 6;
    private static final int REPEATS = 3;
    /** Of what full pods could take: at the peak of each trace there is work for three. */
    private static final double PEAK_PODS = 3;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Bundle bundle;
    private final EngineSettings settings;
    private final double placement;
    private final double price;
    private final int maxScale;
    private final double longestWait;

    /**
     * @param placement seconds until a pod's process starts: a node, the image
     * @param price of a pod for an hour
     * @param maxScale pods at most
     * @param longestWait seconds that the activator and the server let a caller wait together
     */
    public ScaleBenchmark(Bundle bundle, EngineSettings settings, double placement, double price, int maxScale, double longestWait) {
        this.bundle = bundle;
        this.settings = settings;
        this.placement = placement;
        this.price = price;
        this.maxScale = maxScale;
        this.longestWait = longestWait;
    }

    /** @param own in place of the three traces that there are, if any */
    public void run(Optional<Trace> own, Figures figures) throws InterruptedException {
        ServiceTimes times = measure(figures);
        double peak = PEAK_PODS * times.full() / times.audio();
        List<Trace> traces = own.map(List::of).orElseGet(() -> List.of(Trace.steady(peak / 2), Trace.diurnal(peak), Trace.spike(peak)));
        Simulation simulation = new Simulation(times, AutoscalerSettings.ofTheManifest(times.slots(), 0, maxScale), longestWait);
        for (Trace trace : traces) {
            Simulation.Outcome outcome = simulation.run(trace, SEED);
            String name = trace.name() + ": ";
            figures.add(name + "requests", "", outcome.requests());
            figures.add(name + "refused", "", outcome.refused());
            figures.add(name + "pods at most", "", outcome.mostPods());
            figures.add(name + "cold starts", "", outcome.coldStarts());
            figures.add(name + "pod seconds", "s", outcome.podSeconds());
            figures.add(name + "share of always on", "%", 100 * outcome.share());
            figures.add(name + "cost", "", outcome.podSeconds() / SECONDS_PER_HOUR * price);
            figures.add(name + "first audio, p50", "s", outcome.firstAudio());
            figures.add(name + "first audio, p95", "s", outcome.firstAudio95());
        }
    }

    private ServiceTimes measure(Figures figures) throws InterruptedException {
        double loaded;
        DevicesBenchmark.Pace alone;
        DevicesBenchmark.Pace full;
        try (SpeechEngine engine = new SpeechEngine(bundle, settings)) {
            loaded = ProcessUsage.ofThisProcess().age().toMillis() / 1e3;
            DevicesBenchmark.pace(engine, 1); // warms up
            alone = DevicesBenchmark.pace(engine, REPEATS, 1);
            full = DevicesBenchmark.pace(engine, REPEATS, settings.slotsInAll());
        }
        ServiceTimes times = new ServiceTimes(placement + loaded, alone.firstAudio(), alone.audioPerSecond(), full.audioPerSecond(),
                settings.slotsInAll(), alone.audio());
        figures.add("a pod: exec to models loaded", "s", loaded);
        figures.add("a pod: audio for one stream", "s/s", times.alone());
        figures.add("a pod: audio for %d streams".formatted(times.slots()), "s/s", times.full());
        figures.add("a pod: first audio", "s", times.firstAudio());
        return times;
    }
}
