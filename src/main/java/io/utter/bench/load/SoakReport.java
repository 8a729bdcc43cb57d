package io.utter.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a soak came to. Names of JSON members stay. */
public final class SoakReport {
    private final Map<String, Integer> outcomes = new TreeMap<>(); // guarded by this, as all counts
    private final Map<String, Integer> faults = new TreeMap<>();
    private int requests;
    private int compared;
    private int wrong;
    private int maxDifference;
    private List<Snapshot> snapshots = List.of();
    private Storm.Aftermath storm;

    synchronized void ended(Visit visit, Heard heard) {
        requests++;
        String what = label(visit.kind()) + ": " + label(heard.outcome());
        outcomes.merge(what, 1, Integer::sum);
        if (!visit.allows(heard.outcome())) {
            faults.merge(what + ", status " + heard.status(), 1, Integer::sum);
        }
    }

    synchronized void compared(Comparison comparison) {
        compared++;
        if (comparison.right()) {
            maxDifference = Math.max(maxDifference, comparison.maxDifference());
        } else {
            wrong++;
        }
    }

    synchronized void over(List<Snapshot> seen, Storm.Aftermath aftermath) {
        snapshots = List.copyOf(seen);
        storm = aftermath;
    }

    synchronized int requests() {
        return requests;
    }

    /** Whether there was audio, none of it wrong or lost, every client was treated as it should be, and no stream was left behind. */
    public synchronized boolean sound() {
        return compared > 0 && wrong == 0 && faults.isEmpty() && storm.sound() && snapshots.getLast().idle();
    }

    public synchronized String text() {
        StringBuilder text = new StringBuilder("%d requests%n".formatted(requests));
        outcomes.forEach((what, count) -> text.append("  %-32s %6d%n".formatted(what, count)));
        text.append("%d complete streams compared with solo: %d wrong; largest difference of the others %d of 32768%n"
                .formatted(compared, wrong, maxDifference));
        faults.forEach((what, count) -> text.append("NOT RIGHT  %s: %d%n".formatted(what, count)));
        snapshots.forEach(snapshot -> text.append(snapshot.line()).append(System.lineSeparator()));
        return text.append(storm.line()).append(sound() ? "all right" : "NOT all right").append(System.lineSeparator()).toString();
    }

    /** The same as JSON; what is not known is null. */
    public synchronized void write(Path file) throws IOException {
        JsonFigures figures = JsonFigures.empty().put("requests", requests).put("compared", compared).put("wrong", wrong)
                .put("maxDifference", maxDifference).put("sound", sound()).put("outcomes", outcomes).put("faults", faults);
        for (Snapshot snapshot : snapshots) {
            figures.in("snapshots").put("when", snapshot.when()).put("heapMegabytes", snapshot.heap())
                    .put("residentMegabytes", snapshot.resident()).put("streams", snapshot.streams()).put("slots", snapshot.slots())
                    .put("cacheBytes", snapshot.cacheBytes());
        }
        storm.addTo(figures.in("storms"));
        figures.write(file);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
