package io.utter.cli;

import io.utter.bench.Figures;
import io.utter.bench.scale.ScaleBenchmark;
import io.utter.bench.scale.Trace;
import io.utter.engine.EngineSettings;
import io.utter.error.UtterException.InvalidInput;
import io.utter.model.Bundle;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of {@code bench --scale}. */
final class BenchScale {
    @Option(names = "--trace", paramLabel = "FILE", description = "With --scale: requests in each second, one number a line, in place of the three traces.")
    private Path trace;

    @Option(names = "--placement", paramLabel = "SECONDS", defaultValue = "5",
            description = "With --scale: until a pod's process starts, for a node and the image (default: ${DEFAULT-VALUE}).")
    private double placement;

    @Option(names = "--price", paramLabel = "P", defaultValue = "1", description = "With --scale: what a pod costs for an hour (default: ${DEFAULT-VALUE}).")
    private double price;

    @Option(names = "--max-scale", paramLabel = "N", defaultValue = "4", description = "With --scale: pods at most (default: ${DEFAULT-VALUE}).")
    private int maxScale;

    @Option(names = "--longest-wait", paramLabel = "SECONDS", defaultValue = "60",
            description = "With --scale: how long a caller is let wait for a slot, pods that start included (default: ${DEFAULT-VALUE}).")
    private double longestWait;

    void run(Bundle bundle, EngineSettings settings, Figures figures) throws InterruptedException {
        if (!(placement >= 0) || !(price >= 0) || maxScale < 1 || !(longestWait > 0)) {
            throw new InvalidInput("--scale", "out_of_range", "--placement and --price are at least 0, --max-scale at least 1, --longest-wait above 0");
        }
        new ScaleBenchmark(bundle, settings, placement, price, maxScale, longestWait).run(Optional.ofNullable(trace).map(Trace::read), figures);
    }
}
