package io.utter.cli;

import io.utter.bench.load.Load;
import io.utter.error.UtterException.InvalidInput;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What {@code bench} measures, if not speech from text, one request at a time, in this process. At most one of them. */
final class BenchKind {
    private static final int MOST_CLIENTS = 10_000;

    @Option(names = "--synthetic", description = "The networks alone, on random phones and tokens: 4 s of reference, 5 s of speech.")
    private boolean synthetic;

    @Option(names = "--stages", description = "What the device takes for each stage, by how much there is to do at once.")
    private boolean stages;

    @Option(names = "--overlap", description = "Decoding and making audio, one after the other and at the same time.")
    private boolean overlap;

    @Option(names = "--devices", description = "Streams on one of the devices of $UTTER_DEVICE, and on all of them.")
    private boolean devices;

    @Option(names = "--scale", description = "What Knative's autoscaler would do with pods like this machine: pods, cold starts, first audio and cost for "
            + "steady, daily and sudden traffic, by its documented rules.")
    private boolean scale;

    @Option(names = "--streaming", description = "Streamed audio against the same tokens decoded at once.")
    private boolean streaming;

    @Option(names = "--concurrency", split = ",", paramLabel = "N",
            description = "A server with so many listeners, level after level. Each listens to a whole answer before it asks again.")
    private List<Integer> concurrency = List.of();

    @Option(names = "--rate", split = ",", paramLabel = "R",
            description = "A server to which so many requests a second come at random (Poisson), whether it keeps up or not.")
    private List<Double> rates = List.of();

    @Option(names = "--soak", description = "A server among thousands of clients, of whom many leave, dawdle and send nonsense.")
    private boolean soak;

    @Option(names = "--storm", paramLabel = "N", description = "A server whose N clients all hang up: how soon is it free again?")
    private Integer storm;

    boolean synthetic() {
        return synthetic;
    }

    boolean stages() {
        return stages;
    }

    boolean overlap() {
        return overlap;
    }

    boolean devices() {
        return devices;
    }

    boolean scale() {
        return scale;
    }

    boolean streaming() {
        return streaming;
    }

    boolean soak() {
        return soak;
    }

    /** How many clients a storm has, if there is to be one. */
    OptionalInt storm() {
        return storm == null ? OptionalInt.empty() : OptionalInt.of(storm);
    }

    /** Whether it is measured through HTTP. */
    boolean needsServer() {
        return hasLevels() || soak || storm != null;
    }

    boolean hasLevels() {
        return !concurrency.isEmpty() || !rates.isEmpty();
    }

    /** @param saturate whether clients ask again without listening */
    List<Load> levels(boolean saturate) {
        if (!rates.isEmpty()) {
            return rates.stream().<Load>map(Load.Arrivals::new).toList();
        }
        return concurrency.stream().<Load>map(count -> saturate ? new Load.Saturation(count) : new Load.Listeners(count)).toList();
    }

    /** @throws InvalidInput if a number is out of range */
    void check() {
        if (concurrency.stream().anyMatch(count -> count < 1 || count > MOST_CLIENTS)) {
            throw outOfRange("--concurrency", "from 1 to " + MOST_CLIENTS);
        }
        if (rates.stream().anyMatch(rate -> !(rate > 0 && rate <= MOST_CLIENTS))) {
            throw outOfRange("--rate", "above 0, and at most " + MOST_CLIENTS);
        }
        if (storm != null && (storm < 1 || storm > MOST_CLIENTS)) {
            throw outOfRange("--storm", "from 1 to " + MOST_CLIENTS);
        }
    }

    private static InvalidInput outOfRange(String option, String range) {
        return new InvalidInput(option, "out_of_range", option + " must be " + range);
    }

    boolean isOpenLoop() {
        return !rates.isEmpty();
    }
}
