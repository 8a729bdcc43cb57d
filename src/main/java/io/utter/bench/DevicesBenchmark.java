package io.utter.bench;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.engine.SpeechReport;
import io.utter.model.Bundle;
import io.utter.model.Devices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** How much more several devices do than one of them: as many streams at the same time as each has slots, until all have been heard. */
public final class DevicesBenchmark {
    private static final int PHONES = 60;
    private static final int TOKENS = 100;
    private static final int STREAMS_PER_SLOT = 3;

    private final Bundle bundle;
    private final EngineSettings settings;
    private final int repeats;

    public DevicesBenchmark(Bundle bundle, EngineSettings settings, int repeats) {
        this.bundle = bundle;
        this.settings = settings;
        this.repeats = repeats;
    }

    public void run(Figures figures) throws InterruptedException {
        Devices all = Devices.of(settings.device());
        double one = median(measure(all.names().getFirst().toString(), figures));
        if (all.names().size() > 1) {
            figures.add("all over one", "", median(measure(settings.device(), figures)) / one);
        }
    }

    private double[] measure(String devices, Figures figures) throws InterruptedException {
        EngineSettings on = settings.on(devices);
        double[] perSecond = new double[repeats];
        try (SpeechEngine engine = new SpeechEngine(bundle, on)) {
            for (int i = -1; i < repeats; i++) {
                double made = pace(engine, on.slotsInAll() * STREAMS_PER_SLOT).audioPerSecond();
                if (i >= 0) {
                    perSecond[i] = made;
                }
            }
        }
        figures.add("audio made on " + devices, "s/s", perSecond);
        return perSecond;
    }

    /**
     * How fast so many streams were made at the same time.
     *
     * @param audioPerSecond seconds of audio in a second, all together
     * @param firstAudio seconds to the first sound, on average
     * @param audio seconds of audio that a stream had, on average
     */
    public record Pace(double audioPerSecond, double firstAudio, double audio) {}

    /** The median of some repetitions. */
    public static Pace pace(SpeechEngine engine, int repeats, int streams) throws InterruptedException {
        List<Pace> paces = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            paces.add(pace(engine, streams));
        }
        paces.sort(Comparator.comparingDouble(Pace::audioPerSecond));
        return paces.get(repeats / 2);
    }

    /** So many streams at the same time, until all have been heard. */
    public static Pace pace(SpeechEngine engine, int streams) throws InterruptedException {
        Random random = new Random(4);
        Conditioning voice = new Conditioning(new int[0], new float[0], new int[0], new float[engine.bundle().manifest().acoustic().styleWidth()]);
        List<Thread> listeners = new ArrayList<>();
        SpeechReport[] reports = new SpeechReport[streams];
        long start = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            int stream = i;
            Phrase phrase = new Phrase(random.ints(PHONES, 0, engine.bundle().manifest().semantic().phones()).toArray(), new float[0]);
            SpeechOptions options = new SpeechOptions(Sampling.DEFAULT, 1, i, 0, 0, TOKENS, ChunkPlan.DEFAULT);
            listeners.add(Thread.startVirtualThread(() -> {
                try {
                    reports[stream] = Listening.to(engine.open(voice, List.of(phrase).iterator(), options)).report();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread listener : listeners) {
            listener.join();
        }
        double took = (System.nanoTime() - start) / 1e9;
        double audio = Arrays.stream(reports).mapToDouble(report -> report.audio().toNanos() / 1e9).sum();
        double first = Arrays.stream(reports).mapToDouble(report -> report.firstAudio().toNanos() / 1e9).average().orElse(0);
        return new Pace(audio / took, first, audio / streams);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
