package io.utter.bench.load;

import io.utter.bench.ProcessUsage;
import java.io.IOException;

/**
 * What a server holds at a moment; NaN where it does not tell.
 *
 * @param when in the soak
 * @param heap used, in MB
 * @param resident in MB
 * @param streams that run
 * @param slots in use
 * @param cacheBytes of the decoder's cache
 */
record Snapshot(String when, double heap, double resident, double streams, double slots, double cacheBytes) {
    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    static Snapshot of(ServerUnderTest server, String when) throws IOException {
        ServerMetrics metrics = ServerMetrics.of(server.address());
        return new Snapshot(when, metrics.sum("jvm_memory_used_bytes", "area=\"heap\"") / BYTES_PER_MEGABYTE,
                server.usage().map(ProcessUsage::residentMegabytes).orElse(Double.NaN), metrics.sum(ServerMetrics.STREAMS),
                metrics.sum("tts_slots", "state=\"active\""), metrics.sum("tts_cache_bytes"));
    }

    /** Whether no stream is left behind, as far as the server tells: no request is open, and no slot taken. */
    boolean idle() {
        return !(streams > 0) && !(slots > 0);
    }

    String line() {
        return "%-12s heap %6s MB   resident %6s MB   streams %3s   slots %3s   cache %10s B".formatted(when, LoadReport.number(heap),
                LoadReport.number(resident), LoadReport.number(streams), LoadReport.number(slots), LoadReport.number(cacheBytes));
    }
}
