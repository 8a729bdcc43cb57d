package io.utter.bench.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Requests, pods and the autoscaler, in steps of a twentieth of a second. */
final class Simulation {
    private static final double STEP = 0.05;
    private static final int STEPS_PER_TICK = (int) Math.round(Autoscaler.TICK / STEP);

    /**
     * What came of it.
     *
     * @param requests how many came
     * @param refused those who would have waited longer than anybody is let wait
     * @param coldStarts pods that were started
     * @param mostPods at the same time
     * @param podSeconds all pods together, from their start on
     * @param seconds how long it took
     * @param firstAudio seconds from coming to the first sound: half of the callers, 95 % of them
     * @param firstAudio95 of which this is the latter
     */
    record Outcome(int requests, int refused, int coldStarts, int mostPods, double podSeconds, double seconds, double firstAudio,
            double firstAudio95) {
        /** Pods that would always be there, for nobody to wait. */
        double share() {
            return podSeconds / (mostPods * seconds);
        }
    }

    private static final class Pod {
        private final double readyAt;
        /** Seconds of audio that each stream still wants. */
        private final List<double[]> streams = new ArrayList<>();

        Pod(double readyAt) {
            this.readyAt = readyAt;
        }
    }

    private final ServiceTimes times;
    private final AutoscalerSettings settings;
    private final double longestWait;

    /** @param longestWait seconds after which a caller who has no slot is refused */
    Simulation(ServiceTimes times, AutoscalerSettings settings, double longestWait) {
        this.times = times;
        this.settings = settings;
        this.longestWait = longestWait;
    }

    Outcome run(Trace trace, long seed) {
        double[] arrivals = trace.arrivals(seed);
        Autoscaler autoscaler = new Autoscaler(settings);
        List<Pod> pods = new ArrayList<>();
        Deque<Double> waiting = new ArrayDeque<>();
        List<Double> firstAudio = new ArrayList<>();
        int next = 0;
        int refused = 0;
        int coldStarts = 0;
        int mostPods = 0;
        double podSeconds = 0;
        double concurrency = 0;
        double now = 0;
        for (int step = 0; next < arrivals.length || !waiting.isEmpty() || now < trace.perSecond().length; step++) {
            now = step * STEP;
            while (next < arrivals.length && arrivals[next] <= now) {
                waiting.addLast(arrivals[next++]);
            }
            while (!waiting.isEmpty() && now - waiting.getFirst() > longestWait) {
                waiting.removeFirst();
                refused++;
            }
            for (Pod pod : pods) {
                serve(pod);
            }
            assign(pods, waiting, now, firstAudio);
            concurrency += waiting.size() + pods.stream().mapToInt(pod -> pod.streams.size()).sum();
            podSeconds += pods.size() * STEP;
            mostPods = Math.max(mostPods, pods.size());
            if (step % STEPS_PER_TICK == 0 || pods.isEmpty() && !waiting.isEmpty()) { // the activator wakes it from zero at once
                double moment = now;
                int ready = (int) pods.stream().filter(pod -> pod.readyAt <= moment).count();
                int wanted = autoscaler.decide(now, Math.max(concurrency / STEPS_PER_TICK, pods.isEmpty() ? waiting.size() : 0), ready);
                concurrency = 0;
                while (pods.size() < wanted) {
                    pods.add(new Pod(now + times.coldStart()));
                    coldStarts++;
                }
                for (int surplus = pods.size() - wanted; surplus > 0; surplus--) { // one that speaks finishes first
                    pods.stream().filter(pod -> pod.streams.isEmpty()).findFirst().ifPresent(pods::remove);
                }
            }
        }
        double[] sorted = firstAudio.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Outcome(arrivals.length, refused, coldStarts, mostPods, podSeconds, now, percentile(sorted, 0.5), percentile(sorted, 0.95));
    }

    private void serve(Pod pod) {
        if (!pod.streams.isEmpty()) {
            double made = times.perStream(pod.streams.size()) * STEP;
            pod.streams.forEach(left -> left[0] -= made);
            pod.streams.removeIf(left -> left[0] <= 0);
        }
    }

    /** To the pod with the most room, as the activator does. */
    private void assign(List<Pod> pods, Deque<Double> waiting, double now, List<Double> firstAudio) {
        while (!waiting.isEmpty()) {
            Pod pod = pods.stream().filter(candidate -> candidate.readyAt <= now && candidate.streams.size() < times.slots())
                    .min(Comparator.comparingInt(candidate -> candidate.streams.size())).orElse(null);
            if (pod == null) {
                return;
            }
            pod.streams.add(new double[] {times.audio()});
            firstAudio.add(now - waiting.removeFirst() + times.firstAudio());
        }
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
