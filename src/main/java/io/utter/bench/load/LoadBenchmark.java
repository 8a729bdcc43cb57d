package io.utter.bench.load;

import io.utter.error.UtterException.Failed;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A server at rising load. */
public final class LoadBenchmark {
    private static final int WARM_UPS = 4;

    private final ServerUnderTest server;
    private final SpeechClient client;
    private final Prompts prompts;
    private final Consumer<Supplier<String>> progress;

    /** @param progress is told what is being done */
    public LoadBenchmark(ServerUnderTest server, String model, String voice, Consumer<Supplier<String>> progress) {
        this.server = server;
        this.client = new SpeechClient(server.address());
        this.prompts = new Prompts(model, voice);
        this.progress = progress;
    }

    /**
     * Goes through the levels, one after the other.
     *
     * @param requests for each level; empty for as many as its load usually has
     * @param atMost for each level; after this, no request is begun
     * @param verified whether every answer is compared with what it sounds like alone, which is recorded first
     * @throws Failed if the server does not speak even to a single client
     */
    public LoadReport run(List<Load> loads, OptionalInt requests, Duration atMost, boolean verified) throws InterruptedException {
        SoloTakes solo = verified ? SoloTakes.record(client, asks(most(loads, requests)), progress) : new SoloTakes();
        warmUp();
        List<Level> levels = new ArrayList<>();
        for (Load load : loads) {
            int count = requests.orElse(load.usualRequests());
            LoadRun run = new LoadRun(client, prompts, solo, count, atMost);
            progress.accept(() -> "%s %s: %d of %d requests".formatted(LoadReport.number(load.level()), load.kind(), run.done(), count));
            levels.add(run.run(load, server));
        }
        return new LoadReport(prompts, levels, verified);
    }

    /** All that differ among so many requests. */
    private List<SpeechAsk> asks(int requests) {
        return IntStream.range(0, Math.min(Prompts.distinct(), requests)).mapToObj(prompts::ask).toList();
    }

    private static int most(List<Load> loads, OptionalInt requests) {
        return requests.orElse(loads.stream().mapToInt(Load::usualRequests).max().orElse(0));
    }

    private void warmUp() throws InterruptedException {
        progress.accept(() -> "warming up");
        for (int i = 0; i < WARM_UPS; i++) {
            Heard heard = client.hear(prompts.ask(i), Manners.GOOD, OutputStream.nullOutputStream());
            if (!heard.complete()) {
                throw new Failed("no_speech", "the server does not speak: %s, status %d".formatted(heard.outcome(), heard.status()), null);
            }
        }
    }
}
