package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.model.PriorModel;
import io.utter.model.SemanticModel;
import io.utter.model.WaveformModel;
import io.utter.testing.Hearing;
import io.utter.testing.TestedDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that fails, stalls or takes too long does so alone. */
@Timeout(120)
class IsolationTest {
    private static final int SLOTS = 4;
    /** The first phone of a text at which networks go wrong. */
    private static final int POISON = 7;
    private static final int SOUND = 20;
    private static final IntPredicate POISONED = phone -> phone == POISON;
    private static final Duration STALL = Duration.ofMillis(150);

    private static SemanticModel semantic;
    private static PriorModel prior;
    private static WaveformModel waveform;
    private static Bundle bundle;

    private FaultyNetworks networks;
    private DecodeLoop loop;

    @BeforeAll
    static void load() {
        bundle = Bundle.open(Path.of("models/default"));
        semantic = new SemanticModel(bundle, TestedDevice.placement(2));
        prior = new PriorModel(bundle, TestedDevice.placement(2));
        waveform = new WaveformModel(bundle, TestedDevice.placement(2));
    }

    @AfterAll
    static void unload() {
        semantic.close();
        prior.close();
        waveform.close();
    }

    @BeforeEach
    void begin() {
        networks = new FaultyNetworks(() -> semantic.newBatch(SLOTS), prior, waveform, bundle.manifest());
        loop = new DecodeLoop("default", new EngineSettings(TestedDevice.name().toString(), 1, 2, SLOTS, 2, 4, new EngineSettings.Card(0, 1024, true), STALL), networks, EngineMonitor.NONE);
    }

    @AfterEach
    void end() {
        loop.close();
    }

    private static Phrase phrase(int first, long seed) {
        int[] phones = new Random(seed).ints(25, 30, 90).toArray();
        phones[0] = first;
        return new Phrase(phones, new float[0]);
    }

    private Hearing open(int firstPhone, long seed, Deadline deadline) {
        Conditioning voice = new Conditioning(new int[0], new float[0], new int[0], new float[bundle.manifest().acoustic().styleWidth()]);
        SpeechOptions options = new SpeechOptions(Sampling.DEFAULT, 1, seed, 0.1, 0, 80, ChunkPlan.DEFAULT);
        List<Phrase> phrases = List.of(phrase(firstPhone, seed), phrase(firstPhone, seed + 100), phrase(firstPhone, seed + 200));
        return Hearing.of(new Slot(new Dispatcher(List.of(loop)), new EngineSettings(TestedDevice.name().toString(), 1, 2, SLOTS, 2, 4, new EngineSettings.Card(0, 1024, true), STALL), bundle.manifest().sampleRate(), voice,
                phrases.iterator(), options, Duration.ZERO, deadline));
    }

    private Hearing open(int firstPhone, long seed) {
        return open(firstPhone, seed, Deadline.never());
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefill", "step", "scores", "audio"})
    void aPoisonedRequestFailsAloneAndOthersAreHeardAsIfItWereNotThere(String where) {
        float[] alone = open(SOUND, 1).all().samples();
        switch (where) {
            case "prefill" -> networks.prefill = POISONED;
            case "step" -> networks.step = POISONED;
            case "scores" -> networks.scores = POISONED;
            default -> networks.audio = POISONED;
        }
        Hearing poisoned = open(POISON, 2);
        Hearing fine = open(SOUND, 1);
        Hearing alsoFine = open(SOUND, 3);
        List.of(poisoned, fine, alsoFine).forEach(hearing -> hearing.request(Long.MAX_VALUE));
        assertInstanceOf(UtterException.Failed.class, assertThrows(UtterException.class, poisoned::awaitEnd));
        assertArrayEquals(alone, fine.awaitEnd().samples());
        assertTrue(alsoFine.awaitEnd().samples().length > 0);
        assertTrue(loop.broken().isEmpty());
    }

    @Test
    void aSpoiltSessionIsReplacedAndLaterRequestsAreServed() {
        networks.prefill = phone -> networks.semanticRenewals.get() == 0;
        for (int i = 0; i < 3; i++) {
            Hearing failing = open(SOUND, i);
            failing.request(Long.MAX_VALUE);
            assertThrows(UtterException.class, failing::awaitEnd);
        }
        assertTrue(open(SOUND, 9).all().samples().length > 0);
        assertEquals(1, networks.semanticRenewals.get());
        assertTrue(loop.broken().isEmpty());
    }

    @Test
    void aSessionThatFailsAgainAfterItWasReplacedIsGivenUp() {
        networks.audio = phone -> true;
        for (int i = 0; i < 6; i++) {
            Hearing failing = open(SOUND, i);
            failing.request(Long.MAX_VALUE);
            assertThrows(UtterException.class, failing::awaitEnd);
        }
        assertEquals(1, networks.acousticRenewals.get());
        assertTrue(loop.broken().orElseThrow().contains("acoustic"));
    }

    @Test
    void aDeadlineEndsAStreamWhereverItIs() {
        Deadline past = Deadline.in(Duration.ZERO);
        Hearing late = open(SOUND, 1, past);
        late.request(Long.MAX_VALUE);
        assertInstanceOf(UtterException.TimedOut.class, assertThrows(UtterException.class, late::awaitEnd));
        assertTrue(open(SOUND, 2).all().samples().length > 0);
    }

    @Test
    void aListenerWhoTakesNothingIsLetGoAndItsSlotServesOthers() {
        List<Hearing> stalled = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            Hearing hearing = open(SOUND, i);
            hearing.request(1);
            stalled.add(hearing);
        }
        Hearing waiting = open(SOUND, 50);
        assertTrue(waiting.all().samples().length > 0);
        for (Hearing hearing : stalled) {
            assertEquals("slow_reader", assertThrows(UtterException.class, hearing::awaitEnd).code());
        }
    }
}
