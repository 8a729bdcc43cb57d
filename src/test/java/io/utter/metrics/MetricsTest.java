package io.utter.metrics;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.utter.error.UtterException;
import io.utter.fake.FakeSpeech;
import io.utter.fake.FakeSpeechService;
import io.utter.fake.Script;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
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
                        "tts_sentences_redrawn_total", "tts_sentences_cut_total")
                .forEach(name -> assertTrue(lines.stream().anyMatch(line -> line.startsWith(name)), name));
    }

    private double requests(Outcome outcome) {
        return registry.get("tts.request.duration").tag("outcome", outcome.label()).timer().count();
    }

    private static void speak(String body) {
        given().contentType("application/json").body(body).post("/v1/audio/speech").asByteArray();
    }
}
