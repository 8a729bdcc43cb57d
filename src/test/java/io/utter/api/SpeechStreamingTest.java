package io.utter.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.FakeStream;
import io.utter.fake.RawHttp;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class SpeechStreamingTest {
    private static final String HELLO = "{\"input\":\"Hello\",\"response_format\":\"pcm\",\"sample_rate\":32000}";
    private static final int PATIENCE_SECONDS = 10;

    @TestHTTPResource
    URI server;

    @Inject
    FakeSpeechService service;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @Test
    void chunksArriveOneByOneAndTheTrailerSaysThatAllWasSent() throws Exception {
        service.next(Script.ofChunks(4));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            http.readHead();
            for (int i = 0; i < 4; i++) {
                assertEquals(2000, http.chunk().length);
            }
            assertEquals(0, http.chunk().length);
            Map<String, String> trailers = http.trailers();
            assertEquals(Set.of(http.headers().get("trailer").toLowerCase(Locale.ROOT).split(", ")), trailers.keySet());
            assertEquals("true", trailers.get("x-audio-complete"));
            assertEquals("4000", trailers.get("x-audio-samples"));
            assertEquals("4", trailers.get("x-decode-time"));
            assertEquals("5", trailers.get("x-acoustic-time"));
            assertTrue(Double.parseDouble(trailers.get("x-real-time-factor")) >= 0);
        }
    }

    @Test
    void theHeadTellsWhatTheFirstAudioTook() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.endless().behind(gate));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            service.stream();
            gate.countDown();
            http.readHead();
            assertEquals("1", http.headers().get("x-text-time"));
            assertEquals("2", http.headers().get("x-queue-time"));
            assertTrue(Integer.parseInt(http.headers().get("x-time-to-first-audio")) >= 0);
        }
    }

    @Test
    void nothingIsSentBeforeTheFirstChunkIsMade() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.ofChunks(0).behind(gate).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            service.stream(); // the request is being served, and could have been answered with a 200 by now
            gate.countDown();
            assertEquals(500, http.readHead().status());
        }
    }

    @Test
    void aFailureMidstreamBreaksTheConnection() throws Exception {
        service.next(Script.ofChunks(2).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        try (RawHttp http = RawHttp.speak(server.getPort(), HELLO)) {
            assertEquals(200, http.readHead().status());
            assertThrows(IOException.class, () -> {
                while (http.chunk().length > 0) {
                    // until it breaks; a clean end would leave the loop
                }
            });
        }
    }

    @Test
    void aClientThatLeavesMidstreamCancelsItsStream() throws Exception {
        service.next(Script.endless());
        RawHttp http = RawHttp.speak(server.getPort(), HELLO);
        http.readHead().chunk();
        FakeStream stream = service.stream();
        long left = System.nanoTime();
        http.close();
        stream.cancelled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - left);
        assertTrue(millis < 1000, "cancelled after " + millis + " ms");
    }

    @Test
    void aClientThatLeavesBeforeTheFirstChunkCancelsItsStream() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        service.next(Script.endless().behind(gate));
        RawHttp http = RawHttp.speak(server.getPort(), HELLO);
        FakeStream stream = service.stream();
        http.close();
        stream.cancelled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        gate.countDown();
    }

    @Test
    void aStormOfClientsThatLeaveAtAnyMomentLeavesNoStreamRunning() throws Exception {
        List<FakeStream> streams = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            service.next(Script.endless());
            RawHttp http = RawHttp.speak(server.getPort(), HELLO);
            if (i % 3 == 0) {
                streams.add(service.stream()); // leaves as soon as the stream has begun
                http.close();
            } else {
                http.readHead();
                for (int chunk = 0; chunk < i % 5; chunk++) {
                    http.chunk();
                }
                http.close();
                streams.add(service.stream());
            }
        }
        for (FakeStream stream : streams) {
            stream.cancelled().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (meters.get("tts.streams.active").gauge().value() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait(); // a stream is counted just after it was cancelled
        }
        assertEquals(0, meters.get("tts.streams.active").gauge().value());
    }

    @Test
    void aSlowReaderHoldsBackOnlyItsOwnStream() throws Exception {
        int chunkBytes = 64_000;
        service.next(Script.endless().withChunksOf(chunkBytes / 2));
        try (RawHttp slow = RawHttp.connect(server.getPort(), 4096)) {
            slow.post("/v1/audio/speech", HELLO);
            FakeStream held = service.stream();
            long asked = stagnant(held);
            assertTrue(asked * chunkBytes < 16_000_000, asked + " chunks were made for a reader that reads none");
            try (RawHttp other = RawHttp.speak(server.getPort(), HELLO)) {
                other.readHead();
                while (other.chunk().length > 0) {
                    // to its end, meanwhile
                }
                assertEquals("true", other.trailers().get("x-audio-complete"));
            }
            assertFalse(held.cancelled().isDone());
        }
    }

    /** What a stream has been asked for when that no longer grows while 20 other requests are served in full. */
    private long stagnant(FakeStream stream) throws Exception {
        long before;
        long now = stream.asked();
        do {
            before = now;
            for (int i = 0; i < 20; i++) {
                try (RawHttp other = RawHttp.speak(server.getPort(), HELLO)) {
                    other.readHead();
                    while (other.chunk().length > 0) {
                        // time passes
                    }
                }
            }
            now = stream.asked();
        } while (now > before && now < 10_000);
        service.forget();
        return now;
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            for (int i = 0; i < 3; i++) {
                http.post("/v1/audio/speech", HELLO);
                http.readHead();
                while (http.chunk().length > 0) {
                    // to its end
                }
                http.trailers();
                http.post("/v1/audio/speech", "{}");
                assertEquals(400, http.readHead().status());
                http.skip(Integer.parseInt(http.headers().get("content-length")));
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawHttp http = RawHttp.connect(server.getPort(), 1 << 16)) {
            service.next(Script.ofChunks(2));
            http.post("/v1/audio/speech", HELLO);
            http.post("/v1/audio/speech", "{\"input\":3}");
            assertEquals(200, http.readHead().status());
            while (http.chunk().length > 0) {
                // to its end
            }
            http.trailers();
            assertEquals(400, http.readHead().status());
        }
    }
}
