package io.utter.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.utter.error.UtterException;
import io.utter.model.Bundle;
import io.utter.testing.Hearing;
import io.utter.testing.TestedDevice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine with the bundled voice: determinism, demand, cancellation, isolation. */
@Timeout(120)
class SpeechEngineTest {
    private static final int SLOTS = 2;
    private static final SpeechOptions OPTIONS = new SpeechOptions(Sampling.DEFAULT, 1, 5, 0.25, 0, 80, ChunkPlan.DEFAULT);

    private static SpeechEngine engine;
    private static Conditioning voice;

    @BeforeAll
    static void load() {
        engine = new SpeechEngine(Bundle.open(Path.of("models/default")), new EngineSettings(TestedDevice.name().toString(), 1, 2, SLOTS, 2, 4, new EngineSettings.Card(0, 1024, true), Duration.ofSeconds(30)));
        voice = new Conditioning(new int[0], new float[0], new int[0], new float[engine.bundle().manifest().acoustic().styleWidth()]);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    private static Phrase phrase(long seed) {
        return new Phrase(new Random(seed).ints(25, 5, 90).toArray(), new float[0]);
    }

    private static SpeechStream open(SpeechOptions options, Phrase... phrases) {
        return engine.open(voice, List.of(phrases).iterator(), options);
    }

    private static SpeechOptions seeded(long seed) {
        return new SpeechOptions(Sampling.DEFAULT, 1, seed, 0.25, 0, 80, ChunkPlan.DEFAULT);
    }

    @Test
    void theSameRequestGivesTheSameAudioWhateverElseIsSpoken() {
        float[] alone = Hearing.of(open(OPTIONS, phrase(1), phrase(2))).all().samples();
        List<Hearing> company = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            company.add(Hearing.of(open(seeded(100 + i), phrase(10 + i))));
        }
        Hearing same = Hearing.of(open(OPTIONS, phrase(1), phrase(2)));
        company.forEach(hearing -> hearing.request(Long.MAX_VALUE));
        assertArrayEquals(alone, same.all().samples());
        company.forEach(hearing -> assertTrue(hearing.awaitEnd().samples().length > 0));
    }

    @Test
    void anotherSeedGivesOtherAudio() {
        float[] one = Hearing.of(open(seeded(1), phrase(1))).all().samples();
        float[] other = Hearing.of(open(seeded(2), phrase(1))).all().samples();
        assertTrue(java.util.Arrays.mismatch(one, other) >= 0);
    }

    @Test
    void sentencesComeInOrderWithAPauseBetweenThem() {
        float[] first = Hearing.of(open(OPTIONS, phrase(1))).all().samples();
        float[] both = Hearing.of(open(OPTIONS, phrase(1), phrase(2))).all().samples();
        int pause = (int) (0.25 * engine.bundle().manifest().sampleRate());
        assertArrayEquals(first, java.util.Arrays.copyOf(both, first.length), 1e-4f);
        for (int i = 0; i < pause; i++) {
            assertEquals(0, both[first.length + i], "pause at " + i);
        }
        assertTrue(both.length > first.length + pause);
    }

    @Test
    void theSilenceAtTheEndIsHeardAndCounted() {
        int silence = engine.bundle().manifest().sampleRate() / 2;
        SpeechStream stream = open(new SpeechOptions(Sampling.DEFAULT, 1, 5, 0.25, 0.5, 80, ChunkPlan.DEFAULT), phrase(1), phrase(2));
        float[] heard = Hearing.of(stream).all().samples();
        float[] speech = Hearing.of(open(OPTIONS, phrase(1), phrase(2))).all().samples();
        assertArrayEquals(java.util.Arrays.copyOf(speech, speech.length + silence), heard);
        assertEquals(heard.length, stream.report().samples());
    }

    @Test
    void theReportCountsWhatWasHeard() {
        SpeechStream stream = open(OPTIONS, phrase(1), phrase(2));
        Hearing hearing = Hearing.of(stream).all();
        SpeechReport report = stream.report();
        int pause = (int) (0.25 * stream.sampleRate());
        assertEquals(hearing.samples().length, report.samples());
        assertEquals(2, report.sentences());
        assertEquals(50, report.phones());
        assertEquals(report.samples(), report.tokens() * 1280L + pause, "every token is heard once, the end never");
        assertTrue(report.firstAudio().compareTo(report.total()) <= 0);
    }

    @Test
    void aSlowReaderGetsNoMoreThanItAskedForAndHoldsNobodyUp() {
        List<Hearing> stalled = new ArrayList<>();
        for (int i = 0; i < SLOTS - 1; i++) {
            Hearing hearing = Hearing.of(open(seeded(i), phrase(1), phrase(2), phrase(3), phrase(4)));
            hearing.request(1);
            hearing.awaitChunks(1);
            stalled.add(hearing);
        }
        assertTrue(Hearing.of(open(OPTIONS, phrase(7))).all().samples().length > 0);
        stalled.forEach(hearing -> assertEquals(1, hearing.chunks().size()));
        stalled.forEach(Hearing::cancel);
    }

    @Test
    void cancelledStreamsMakeRoomForThoseThatWait() {
        List<Hearing> holding = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            Hearing hearing = Hearing.of(open(seeded(i), phrase(1), phrase(2), phrase(3)));
            hearing.request(1);
            hearing.awaitChunks(1);
            holding.add(hearing);
        }
        Hearing waiting = Hearing.of(open(OPTIONS, phrase(5)));
        waiting.request(Long.MAX_VALUE);
        holding.forEach(Hearing::cancel);
        assertTrue(waiting.awaitEnd().samples().length > 0);
    }

    @Test
    void aSentenceThatCannotBePreparedFailsItsOwnStreamOnly() {
        Iterator<Phrase> broken = new Iterator<>() {
            private int taken;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Phrase next() {
                if (taken++ > 0) {
                    throw new IllegalStateException("no more words");
                }
                return phrase(1);
            }
        };
        Hearing failing = Hearing.of(engine.open(voice, broken, OPTIONS));
        Hearing fine = Hearing.of(open(OPTIONS, phrase(2)));
        failing.request(Long.MAX_VALUE);
        assertTrue(fine.all().samples().length > 0);
        UtterException.Failed failure = assertInstanceOf(UtterException.Failed.class,
                assertThrows(UtterException.class, failing::awaitEnd));
        assertEquals("synthesis_failed", failure.code());
    }

    @Test
    void aListenerThatThrowsLosesItsOwnStreamOnly() throws InterruptedException {
        CountDownLatch thrown = new CountDownLatch(1);
        open(OPTIONS, phrase(1), phrase(2)).subscribe(new Hearing.Adapter() {
            @Override
            public void onNext(float[] chunk) {
                thrown.countDown();
                throw new IllegalStateException("cannot listen");
            }
        });
        thrown.await();
        assertTrue(Hearing.of(open(OPTIONS, phrase(3))).all().samples().length > 0);
    }

    @Test
    void aSecondListenerIsRefused() {
        SpeechStream stream = open(OPTIONS, phrase(1));
        Hearing first = Hearing.of(stream);
        Hearing second = Hearing.of(stream);
        assertThrows(IllegalStateException.class, second::awaitEnd);
        assertTrue(first.all().samples().length > 0);
    }

    @Test
    void speedChangesTheLengthAccordingly() {
        int normal = Hearing.of(open(OPTIONS, phrase(1))).all().samples().length;
        int fast = Hearing.of(open(new SpeechOptions(Sampling.DEFAULT, 2, 5, 0.25, 0, 80, ChunkPlan.DEFAULT), phrase(1))).all().samples().length;
        assertEquals(normal / 2.0, fast, 640);
    }
}
