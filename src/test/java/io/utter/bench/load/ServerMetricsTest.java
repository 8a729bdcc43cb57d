package io.utter.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ServerMetricsTest {
    private final ServerMetrics metrics = new ServerMetrics("""
            # HELP jvm_memory_used_bytes The amount of used memory
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 3.5E7
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 1.0E7
            jvm_memory_used_bytes{area="heap",id="Eden Space"} 500.0
            tts_streams_active 3.0
            tts_streams_active_max 9.0
            """);

    @Test
    void samplesOfAMetricAreSummed() {
        assertEquals(45_000_500, metrics.sum("jvm_memory_used_bytes"));
        assertEquals(35_000_500, metrics.sum("jvm_memory_used_bytes", "area=\"heap\""));
    }

    @Test
    void aMetricIsNotTakenForAnotherWhoseNameItBegins() {
        assertEquals(3, metrics.sum("tts_streams_active"));
    }

    @Test
    void aMetricThatIsNotThereIsNotANumber() {
        assertEquals(Double.NaN, metrics.sum("tts_slots"));
    }
}
