package io.utter.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Thousands of short requests among clients who leave, dawdle and send nonsense, with a burst now and then, and a storm at the end. Each
 * complete answer must sound as it does alone, and the server must hold no more at the end than after its first hundreds of requests.
 */
public final class Soak {
    private static final int CLIENTS = 8;
    private static final int BURST = 100;
    private static final int BETWEEN_BURSTS = 500;
    private static final int WARM_UP = 300;
    private static final int STORM = 200;
    private static final Duration AFTER_REFUSAL = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final ServerUnderTest server;
    private final SpeechClient client;
    private final Prompts prompts;
    private final Storm storm;
    private final Consumer<Supplier<String>> progress;
    private final SoakReport report = new SoakReport();
    private final AtomicInteger next = new AtomicInteger();

    /** To be run once. */
    public Soak(ServerUnderTest server, String model, String voice, Consumer<Supplier<String>> progress) {
        this.server = server;
        this.client = new SpeechClient(server.address());
        this.prompts = new Prompts(model, voice);
        this.storm = new Storm(server, model, voice, progress);
        this.progress = progress;
    }

    /**
     * @param requests after so many it ends; the last of them are a burst, which is never left out
     * @param atMost after this no client comes but those of the burst and of the storm
     */
    public SoakReport run(int requests, Duration atMost) throws InterruptedException, IOException {
        SoloTakes solo = SoloTakes.record(client, Stream.concat(prompts.brief().stream(), prompts.lengthy().stream()).toList(), progress);
        long begin = System.nanoTime();
        long end = begin + atMost.toNanos();
        long middle = begin + atMost.toNanos() / 2;
        int warmUp = Math.min(WARM_UP, requests / 3);
        List<Snapshot> snapshots = new ArrayList<>();
        progress.accept(() -> "soak: %d of %d requests".formatted(report.requests(), requests));
        visit(solo, warmUp, end);
        snapshots.add(quiet("warmed up"));
        visit(solo, (warmUp + requests - BURST) / 2, middle);
        snapshots.add(quiet("middle"));
        visit(solo, requests - BURST, end);
        burst(solo);
        Storm.Aftermath aftermath = storm.run(STORM);
        snapshots.add(quiet("end"));
        report.over(snapshots, aftermath);
        return report;
    }

    /** Has clients come until so many have come in all, or until an instant. */
    private void visit(SoloTakes solo, int until, long end) throws InterruptedException {
        while (next.get() < until && System.nanoTime() < end) {
            int pause = Math.min(until, (next.get() / BETWEEN_BURSTS + 1) * BETWEEN_BURSTS);
            List<Callable<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(() -> {
                    comeAgain(solo, pause, end);
                    return null;
                });
            }
            Crowd.run(clients);
            if (pause < until) {
                burst(solo);
            }
        }
    }

    private void comeAgain(SoloTakes solo, int until, long end) throws InterruptedException {
        while (System.nanoTime() < end) {
            int number = next.getAndUpdate(before -> before < until ? before + 1 : before);
            if (number >= until) {
                return;
            }
            Heard heard = come(solo, Visit.any(new Random(number), prompts.brief(), prompts.lengthy()));
            if (heard.outcome() == Heard.Outcome.REFUSED) {
                Thread.sleep(AFTER_REFUSAL);
            }
        }
    }

    /** More at once than a server queues. */
    private void burst(SoloTakes solo) throws InterruptedException {
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            SpeechAsk ask = prompts.brief().get(i % prompts.brief().size());
            clients.add(() -> {
                come(solo, Visit.listening(ask));
                return null;
            });
        }
        next.addAndGet(BURST);
        Crowd.run(clients);
    }

    private Heard come(SoloTakes solo, Visit visit) throws InterruptedException {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        Heard heard = client.hear(visit.body(), visit.manners(), audio);
        report.ended(visit, heard);
        if (heard.complete()) {
            solo.compare(visit.ask(), audio.toByteArray()).ifPresent(report::compared);
        }
        return heard;
    }

    /** What the server holds when nobody is there. */
    private Snapshot quiet(String when) throws InterruptedException, IOException {
        long latest = System.nanoTime() + QUIET.toNanos();
        Snapshot snapshot = Snapshot.of(server, when);
        while (!snapshot.idle() && System.nanoTime() < latest) {
            Thread.sleep(BETWEEN_LOOKS);
            snapshot = Snapshot.of(server, when);
        }
        return snapshot;
    }
}
