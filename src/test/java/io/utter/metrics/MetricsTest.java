package io.utter.metrics;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.engine.EngineMonitor;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

@QuarkusTest
@TestProfile(FakeSpeech.class)
class MetricsTest {
    @Inject
    MeterRegistry registry;

    @Inject
    FakeSpeechService service;

    @BeforeEach
    void forget() {
        service.forget();
    }

    @Test
    void everyOutcomeIsCountedOnce() {
        double complete = requests(Outcome.COMPLETE);
        double invalid = requests(Outcome.INVALID);
        double failed = requests(Outcome.FAILED);
        double notFound = requests(Outcome.NOT_FOUND);
        double seconds = registry.get("tts.audio.seconds").counter().count();
        speak("{\"input\":\"Hello\"}");
        speak("{\"input\":\"\"}");
        speak("{\"input\":\"Hello\",\"voice\":\"nope\"}");
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Failed("broken", "It broke.", null)));
        speak("{\"input\":\"Hello\"}");
        assertEquals(complete + 1, requests(Outcome.COMPLETE));
        assertEquals(invalid + 1, requests(Outcome.INVALID));
        assertEquals(notFound + 1, requests(Outcome.NOT_FOUND));
        assertEquals(failed + 1, requests(Outcome.FAILED));
        assertEquals(seconds + 3000 / 32000.0, registry.get("tts.audio.seconds").counter().count(), 1e-6);
    }

    @Test
    void allNamesAreThereFromTheStart() {
        List<String> lines = given().get("/q/metrics").then().statusCode(200).extract().asString().lines().toList();
        Stream.of("tts_time_to_first_audio_seconds_bucket", "tts_rtf_bucket", "tts_audio_seconds_total", "tts_queue_wait_seconds_count",
                        "tts_stage_duration_seconds_bucket{stage=\"prefill\"", "tts_request_duration_seconds_bucket{outcome=\"cancelled\"",
                        "tts_streams_active", "tts_cancelled_total{stage=\"streaming\"", "tts_startup_seconds{phase=\"load\"",
                        "tts_cancelled_total{stage=\"queued\"", "tts_rejected_total{reason=\"overloaded\"", "tts_admitted_total",
                        "tts_permits", "tts_queue_estimated_wait_seconds", "tts_slots{model=\"hum\",state=\"free\"", "tts_queue_depth{model=\"hum\"",
                        "tts_batch_size_bucket{model=\"hum\"", "tts_step_duration_seconds_bucket{model=\"hum\"",
                        "tts_sessions_broken_total{model=\"hum\",recovered=\"false\"",
                        "tts_sentences_redrawn_total", "tts_sentences_cut_total")
                .forEach(name -> assertTrue(lines.stream().anyMatch(line -> line.startsWith(name)), name));
    }

    @Test
    void theEnginesTellWhatTheyDo() {
        EngineMonitor monitor = service.monitor();
        double steps = registry.get("tts.step.duration").tag("model", "hum").timer().count();
        monitor.stepped("hum", 12, Duration.ofMillis(9));
        monitor.prefilled("hum", 80, Duration.ofMillis(30));
        monitor.rendered("hum", 5, Duration.ofMillis(40));
        monitor.holds("hum", new EngineMonitor.Holdings(16, 12, 3, 2, 1 << 20));
        assertEquals(steps + 1, registry.get("tts.step.duration").tag("model", "hum").timer().count());
        assertEquals(12, registry.get("tts.batch.size").tag("model", "hum").summary().max());
        assertEquals(5, registry.get("tts.acoustic.batch.size").tag("model", "hum").summary().max());
        assertEquals(10, slots("active"));
        assertEquals(2, slots("parked"));
        assertEquals(4, slots("free"));
        assertEquals(3, registry.get("tts.queue.depth").tag("model", "hum").gauge().value());
        assertEquals(1 << 20, registry.get("tts.cache.bytes").tag("model", "hum").gauge().value());
    }

    @Test
    void aBrokenNetworkIsCountedByWhetherItRecovered() {
        service.monitor().broke("hum", true);
        service.monitor().broke("hum", true);
        service.monitor().broke("hum", false);
        assertEquals(2, registry.get("tts.sessions.broken").tag("model", "hum").tag("recovered", "true").counter().count());
        assertEquals(1, registry.get("tts.sessions.broken").tag("model", "hum").tag("recovered", "false").counter().count());
    }

    @Test
    void aModelThatIsLoadedLaterIsMeasuredToo() {
        service.monitor().stepped("late", 1, Duration.ofMillis(1));
        assertEquals(1, registry.get("tts.batch.size").tag("model", "late").summary().count());
    }

    @Test
    void aModelThatIsUnloadedHoldsNothingAndIsNowhere() {
        EngineMonitor monitor = service.monitor();
        monitor.holds("leaving", new EngineMonitor.Holdings(8, 2, 1, 1, 1 << 20));
        monitor.placed("leaving", new EngineMonitor.Placed("cpu", Map.of("prior", "CPU"), 0, 0, () -> 0));
        monitor.stepped("leaving", 1, Duration.ofMillis(1));
        monitor.unloaded("leaving");
        assertEquals(0, registry.get("tts.cache.bytes").tag("model", "leaving").gauge().value());
        assertEquals(0, registry.find("tts.graph.provider").tag("model", "leaving").meters().size());
        assertEquals(1, registry.get("tts.step.duration").tag("model", "leaving").timer().count(), "what has been done stays");
        monitor.placed("leaving", new EngineMonitor.Placed("cpu", Map.of("prior", "CPU"), 0, 0, () -> 0));
        assertEquals(1, registry.find("tts.graph.provider").tag("model", "leaving").meters().size());
    }

    @Test
    void streamsThatRanOutOfTimeOrReaderAreCountedAsSuch() {
        double late = requests(Outcome.TIMED_OUT);
        double slow = requests(Outcome.EVICTED);
        service.next(Script.ofChunks(0).thenFailing(new UtterException.TimedOut("Too late.")));
        speak("{\"input\":\"Hello\"}");
        service.next(Script.ofChunks(0).thenFailing(new UtterException.Failed("slow_reader", "Too slow.", null)));
        speak("{\"input\":\"Hello\"}");
        assertEquals(late + 1, requests(Outcome.TIMED_OUT));
        assertEquals(slow + 1, requests(Outcome.EVICTED));
    }

    private double slots(String state) {
        return registry.get("tts.slots").tag("model", "hum").tag("state", state).gauge().value();
    }

    private double requests(Outcome outcome) {
        return registry.get("tts.request.duration").tag("outcome", outcome.label()).timer().count();
    }

    private static void speak(String body) {
        given().contentType("application/json").body(body).post("/v1/audio/speech").asByteArray();
    }
}
