package io.utter.bench.scale;

import java.util.ArrayDeque;
import java.util.Deque;

/** Knative's pod autoscaler (KPA) for the metric concurrency, asked every two seconds. */
final class Autoscaler {
    /** Between decisions, in seconds. */
    static final double TICK = 2;

    private record Wish(double time, int pods) {}

    private final AutoscalerSettings settings;
    private final Deque<Double> concurrencies = new ArrayDeque<>();
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private double panicUntil = Double.NEGATIVE_INFINITY;
    private int panicPods;
    private double emptySince = Double.NaN;

    Autoscaler(AutoscalerSettings settings) {
        this.settings = settings;
    }

    /**
     * @param now seconds
     * @param concurrency requests in pods and before them, on average since the last decision
     * @param ready pods that are ready
     * @return pods that there should be
     */
    int decide(double now, double concurrency, int ready) {
        concurrencies.addLast(concurrency);
        while (concurrencies.size() > settings.window() / TICK) {
            concurrencies.removeFirst();
        }
        double target = settings.concurrency() * settings.utilization();
        double most = Math.ceil(Math.max(1, ready) * settings.scaleUpRate());
        int stable = (int) Math.min(most, Math.ceil(average(settings.window()) / target));
        int panic = (int) Math.min(most, Math.ceil(average(settings.panicWindow()) / target));
        if (panic >= settings.panicThreshold() * Math.max(1, ready)) {
            panicUntil = now + settings.window();
        }
        panicPods = now < panicUntil ? Math.max(panicPods, Math.max(ready, panic)) : 0; // no fewer while it lasts
        int wanted = now < panicUntil ? panicPods : stable;
        return bounded(now, delayed(now, wanted), ready);
    }

    private double average(double seconds) {
        int count = (int) Math.min(concurrencies.size(), Math.max(1, seconds / TICK));
        return concurrencies.reversed().stream().limit(count).mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** The most that was wanted within the delay. */
    private int delayed(double now, int wanted) {
        wishes.addLast(new Wish(now, wanted));
        while (wishes.getFirst().time < now - settings.scaleDownDelay()) {
            wishes.removeFirst();
        }
        return wishes.stream().mapToInt(Wish::pods).max().orElse(wanted);
    }

    /** The last pod goes only when nobody has come for the window and then for the retention. */
    private int bounded(double now, int wanted, int ready) {
        emptySince = wanted > 0 ? Double.NaN : Double.isNaN(emptySince) ? now : emptySince;
        boolean keepLast = wanted == 0 && ready > 0 && now - emptySince < settings.retention();
        return Math.clamp(keepLast ? 1 : wanted, settings.minScale(), settings.maxScale());
    }
}
