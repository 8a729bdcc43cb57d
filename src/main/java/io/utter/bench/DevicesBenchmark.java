package io.utter.bench;

import io.utter.engine.ChunkPlan;
import io.utter.engine.Conditioning;
import io.utter.engine.EngineSettings;
import io.utter.engine.Phrase;
import io.utter.engine.Sampling;
import io.utter.engine.SpeechEngine;
import io.utter.engine.SpeechOptions;
import io.utter.model.Bundle;
import io.utter.model.Devices;
import java.util.ArrayList;
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
                double made = streams(engine, on.slotsInAll() * STREAMS_PER_SLOT);
                if (i >= 0) {
                    perSecond[i] = made;
                }
            }
        }
        figures.add("audio made on " + devices, "s/s", perSecond);
        return perSecond;
    }

    /** Seconds of audio in a second. */
    private double streams(SpeechEngine engine, int count) throws InterruptedException {
        Random random = new Random(4);
        Conditioning voice = new Conditioning(new int[0], new float[0], new int[0], new float[bundle.manifest().acoustic().styleWidth()]);
        List<Thread> listeners = new ArrayList<>();
        double[] audio = new double[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int stream = i;
            Phrase phrase = new Phrase(random.ints(PHONES, 0, bundle.manifest().semantic().phones()).toArray(), new float[0]);
            SpeechOptions options = new SpeechOptions(Sampling.DEFAULT, 1, i, 0, TOKENS, ChunkPlan.DEFAULT);
            listeners.add(Thread.startVirtualThread(() -> {
                try {
                    audio[stream] = Listening.to(engine.open(voice, List.of(phrase).iterator(), options)).report().audio().toNanos() / 1e9;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        for (Thread listener : listeners) {
            listener.join();
        }
        double sum = 0;
        for (double seconds : audio) {
            sum += seconds;
        }
        return sum / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
