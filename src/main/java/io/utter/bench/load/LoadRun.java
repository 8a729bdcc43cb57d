package io.utter.bench.load;

import io.utter.bench.ProcessUsage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One level of load, from its first request to its last. To be run once. */
final class LoadRun {
    /** In which listeners come, evenly. */
    private static final Duration COMING = Duration.ofSeconds(2);
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final int ARRIVALS_SEED = 1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SpeechClient client;
    private final Prompts prompts;
    private final SoloTakes solo;
    private final int requests;
    private final long beganAt = System.nanoTime();
    private final long lastStart;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Comparison> comparisons = new ConcurrentLinkedQueue<>();

    /** @param atMost after this, no request is begun */
    LoadRun(SpeechClient client, Prompts prompts, SoloTakes solo, int requests, Duration atMost) {
        this.client = client;
        this.prompts = prompts;
        this.solo = solo;
        this.requests = requests;
        this.lastStart = beganAt + atMost.toNanos();
    }

    Level run(Load load, ServerUnderTest server) throws InterruptedException {
        server.usage().ifPresent(ProcessUsage::forgetPeak);
        double before = cpuSeconds(server);
        Crowd.run(switch (load) {
            case Load.Listeners(int count) -> clients(count, this::listen);
            case Load.Saturation(int count) -> clients(count, _ -> saturate());
            case Load.Arrivals(double perSecond) -> arrivals(perSecond);
        });
        return Level.ended(load, List.copyOf(heard), List.copyOf(comparisons), beganAt, cpuSeconds(server) - before, server.usage());
    }

    /** How many requests have ended. */
    int done() {
        return heard.size();
    }

    private static double cpuSeconds(ServerUnderTest server) {
        return server.usage().map(ProcessUsage::cpuSeconds).orElse(Double.NaN);
    }

    /** What one of many clients does. */
    private interface Client {
        /** @param place among all clients, in [0, 1) */
        void run(double place) throws InterruptedException;
    }

    private static List<Callable<Void>> clients(int count, Client client) {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double place = (double) i / count;
            clients.add(() -> {
                client.run(place);
                return null;
            });
        }
        return clients;
    }

    private void listen(double place) throws InterruptedException {
        Crowd.sleepUntil(beganAt + (long) (COMING.toNanos() * place));
        for (int number = next.getAndIncrement(); number < requests && System.nanoTime() < lastStart; number = next.getAndIncrement()) {
            Heard answer = ask(number);
            if (answer.playout().begun()) {
                Crowd.sleepUntil(answer.playout().endsAt());
            } else {
                rest(answer);
            }
        }
    }

    private void saturate() throws InterruptedException {
        for (int number = next.getAndIncrement(); number < requests && System.nanoTime() < lastStart; number = next.getAndIncrement()) {
            rest(ask(number));
        }
    }

    private List<Callable<Void>> arrivals(double perSecond) {
        Random random = new Random(ARRIVALS_SEED);
        List<Callable<Void>> clients = new ArrayList<>();
        double at = beganAt;
        for (int i = 0; i < requests && at < lastStart; i++) {
            int number = i;
            long arrival = (long) at;
            clients.add(() -> {
                Crowd.sleepUntil(arrival);
                ask(number);
                return null;
            });
            at -= Math.log(1 - random.nextDouble()) / perSecond * NANOS_PER_SECOND;
        }
        return clients;
    }

    private Heard ask(int number) throws InterruptedException {
        SpeechAsk ask = prompts.ask(number);
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        Heard answer = client.hear(ask, Manners.GOOD, audio);
        if (answer.complete()) {
            solo.compare(ask, audio.toByteArray()).ifPresent(comparisons::add);
        }
        heard.add(answer);
        return answer;
    }

    /** A client that was not taken does not come back at once: it would only count refusals. */
    private static void rest(Heard answer) throws InterruptedException {
        if (!answer.complete()) {
            Duration asked = answer.retryAfter().isZero() ? AFTER_REFUSAL : answer.retryAfter();
            Thread.sleep(asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT);
        }
    }
}
