package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.model.Bundle;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.WaveformModel;
import io.utter.testing.Hearing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two devices, each a processor with networks and threads of its own. */
class DispatcherTest {
    private static final int SLOTS = 2;
    private static final EngineSettings SETTINGS = new EngineSettings("cpu", 1, 1, SLOTS, 2, 4, new EngineSettings.Card(0, 1024, true), Duration.ofSeconds(10));

    private static Bundle bundle;
    private static SemanticModel semantic;
    private static PriorModel prior;
    private static WaveformModel waveform;

    private final List<FaultyNetworks> networks = new ArrayList<>();
    private final List<DecodeLoop> loops = new ArrayList<>();
    private Dispatcher dispatcher;

    @BeforeAll
    static void load() {
        bundle = Bundle.open(Path.of("models/default"));
        semantic = new SemanticModel(bundle, 1);
        prior = new PriorModel(bundle, 1);
        waveform = new WaveformModel(bundle, 1);
    }

    @AfterAll
    static void unload() {
        semantic.close();
        prior.close();
        waveform.close();
    }

    @BeforeEach
    void begin() {
        for (int device = 0; device < 2; device++) {
            FaultyNetworks own = new FaultyNetworks(() -> semantic.newBatch(SLOTS), prior, waveform, bundle.manifest());
            networks.add(own);
            loops.add(new DecodeLoop("default", SETTINGS, own, EngineMonitor.NONE));
        }
        dispatcher = new Dispatcher(loops);
    }

    @AfterEach
    void end() {
        loops.forEach(DecodeLoop::close);
    }

    private Hearing open(long seed) {
        Conditioning voice = new Conditioning(new int[0], new float[0], new int[0], new float[bundle.manifest().acoustic().styleWidth()]);
        int[] phones = new Random(seed).ints(25, 30, 90).toArray();
        return Hearing.of(new Slot(dispatcher, SETTINGS, bundle.manifest().sampleRate(), voice, List.of(new Phrase(phones, new float[0])).iterator(),
                new SpeechOptions(Sampling.DEFAULT, 1, seed, 0.1, 0, 80, ChunkPlan.DEFAULT), Duration.ZERO, Deadline.never()));
    }

    @Test
    void streamsGoWhereThereIsMostRoomAndSoundTheSameEverywhere() {
        float[] alone = open(1).all().samples();
        List<Hearing> paused = List.of(open(1), open(1), open(1));
        paused.forEach(hearing -> hearing.request(1));
        paused.forEach(hearing -> hearing.awaitChunks(1));
        List<Double> occupancies = loops.stream().map(DecodeLoop::occupancy).sorted().toList();
        assertEquals(List.of(0.5, 1.0), occupancies, "three streams on two devices of two slots");
        assertSame(loops.stream().filter(loop -> loop.occupancy() < 1).findFirst().orElseThrow(), dispatcher.next());
        paused.forEach(hearing -> {
            hearing.request(Long.MAX_VALUE);
            assertArrayEquals(alone, hearing.awaitEnd().samples());
        });
    }

    @Test
    void aDeviceThatFailsForGoodGetsNoMoreStreamsAndTheOthersServe() {
        DecodeLoop first = dispatcher.next();
        FaultyNetworks failing = networks.get(loops.indexOf(first));
        failing.prefill = phone -> true;
        for (int i = 0; i < 20 && first.broken().isEmpty(); i++) {
            Hearing lost = open(i);
            lost.request(Long.MAX_VALUE);
            try {
                lost.awaitEnd();
            } catch (RuntimeException e) {
                // it went to the one that fails
            }
        }
        assertTrue(first.broken().isPresent(), "it was given up");
        assertTrue(dispatcher.broken().isEmpty(), "the other one speaks");
        assertTrue(open(5).all().samples().length > 0);
        assertEquals(loops.get(1 - loops.indexOf(first)), dispatcher.next());

        networks.forEach(all -> all.prefill = phone -> true);
        for (int i = 0; i < 20 && dispatcher.broken().isEmpty(); i++) {
            Hearing lost = open(i);
            lost.request(Long.MAX_VALUE);
            try {
                lost.awaitEnd();
            } catch (RuntimeException e) {
                // so do all now
            }
        }
        assertTrue(dispatcher.broken().isPresent(), "nobody is left");
    }

    @Test
    void closingOneDeviceLeavesTheStreamsOfTheOther() {
        List<Hearing> paused = List.of(open(1), open(2));
        paused.forEach(hearing -> hearing.request(1));
        paused.forEach(hearing -> hearing.awaitChunks(1));
        loops.getFirst().close();
        int whole = 0;
        for (Hearing hearing : paused) {
            hearing.request(Long.MAX_VALUE);
            try {
                whole += hearing.awaitEnd().samples().length > 0 ? 1 : 0;
            } catch (RuntimeException e) {
                // it was on the one that was closed
            }
        }
        assertEquals(1, whole);
    }
}
