package io.utter.bench.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Many clients at once who all hang up: some after a moment, some after some audio, by a close or a reset. */
public final class Storm {
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(3);
    private static final int MOST_BYTES = 120_000;
    private static final Duration CALM = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final URI server;
    private final SpeechClient client;
    private final List<SpeechAsk> asks;
    private final Consumer<Supplier<String>> progress;

    public Storm(ServerUnderTest server, String model, String voice, Consumer<Supplier<String>> progress) {
        this.server = server.address();
        this.client = new SpeechClient(this.server);
        this.asks = new Prompts(model, voice).lengthy();
        this.progress = progress;
    }

    /**
     * What a storm came to.
     *
     * @param clients how many there were
     * @param unheard of these, how many hung up before they heard anything
     * @param heard how many hung up while they heard something
     * @param complete how many had all they had asked for before they would have hung up
     * @param refused how many were not taken
     * @param failed how many had no answer, or one that broke off
     * @param calm seconds from the last hang-up until the server had no stream left; empty if that did not come about, NaN if it has no
     *     metric to tell
     */
    public record Aftermath(int clients, long unheard, long heard, long complete, long refused, long failed, OptionalDouble calm) {
        /** Whether nobody was let down and no stream was left behind, as far as the server tells. */
        public boolean sound() {
            return failed == 0 && calm.isPresent();
        }

        /** As JSON; what is not known is null. */
        public void write(Path file) throws IOException {
            JsonFigures figures = JsonFigures.empty();
            addTo(figures);
            figures.write(file);
        }

        void addTo(JsonFigures figures) {
            figures.put("clients", clients).put("leftBeforeAudio", unheard).put("leftMidStream", heard).put("complete", complete)
                    .put("refused", refused).put("failed", failed).put("calmSeconds", calm.orElse(Double.NaN)).put("sound", sound());
        }

        public String line() {
            String end = calm.isEmpty() ? "STILL streams after %d s".formatted(CALM.toSeconds())
                    : Double.isNaN(calm.getAsDouble()) ? "the server does not tell how many streams it has left"
                            : "no stream left %.0f ms after the last client".formatted(calm.getAsDouble() * 1e3);
            return "storm: %d clients, %d left before audio, %d while it came, %d complete, %d refused, %d failed; %s%n"
                    .formatted(clients, unheard, heard, complete, refused, failed, end);
        }
    }

    public Aftermath run(int clients) throws InterruptedException, IOException {
        ConcurrentLinkedQueue<Heard> all = new ConcurrentLinkedQueue<>();
        List<Callable<Void>> crowd = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Random random = new Random(i);
            SpeechAsk ask = asks.get(i % asks.size());
            Manners manners = i % 2 == 0
                    ? Manners.GOOD.leavingAfter(Duration.ofMillis(random.nextLong(LONGEST_PATIENCE.toMillis())), random.nextBoolean())
                    : Manners.GOOD.leavingWith(random.nextInt(MOST_BYTES), random.nextBoolean());
            crowd.add(() -> {
                all.add(client.hear(ask, manners, OutputStream.nullOutputStream()));
                return null;
            });
        }
        progress.accept(() -> "storm: %d of %d clients have left".formatted(all.size(), clients));
        Crowd.run(crowd);
        long over = all.stream().mapToLong(Heard::endedAt).max().orElse(System.nanoTime());
        OptionalDouble calm = secondsUntilCalm(over);
        long left = count(all, Heard.Outcome.LEFT);
        long heard = all.stream().filter(one -> one.outcome() == Heard.Outcome.LEFT && one.playout().begun()).count();
        long refused = count(all, Heard.Outcome.REFUSED);
        long complete = count(all, Heard.Outcome.COMPLETE);
        return new Aftermath(clients, left - heard, heard, complete, refused, clients - left - complete - refused, calm);
    }

    private static long count(Collection<Heard> all, Heard.Outcome outcome) {
        return all.stream().filter(one -> one.outcome() == outcome).count();
    }

    /** Empty if that did not come about; NaN if the server has no metric to tell. */
    private OptionalDouble secondsUntilCalm(long over) throws InterruptedException, IOException {
        while (System.nanoTime() - over < CALM.toNanos()) {
            double streams = ServerMetrics.of(server).sum(ServerMetrics.STREAMS);
            if (!(streams > 0)) {
                return OptionalDouble.of(Double.isNaN(streams) ? Double.NaN : (System.nanoTime() - over) / 1e9);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return OptionalDouble.empty();
    }
}
