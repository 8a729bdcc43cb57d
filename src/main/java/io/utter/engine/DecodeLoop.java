package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.Manifest;
import io.utter.model.TokenDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The thread that decodes. It owns all slots and the rows that they decode in; others send it messages. Again and again it reads its
 * messages, lets go of streams that are over, gives free rows to those that have waited longest, and then does one thing: the prefill of
 * one stream, or one step of all that can go on, in one batch.
 */
final class DecodeLoop implements RenderLoop.Receiver, AutoCloseable {
    private static final Runnable WAKE = () -> {};
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** How often deadlines are looked at when nothing else happens. */
    private static final Duration TICK = Duration.ofMillis(100);
    /** Steps with rows that stand still before rows are exchanged, which costs some steps' time. */
    private static final int PATIENCE = 3;

    private final String model;
    private final EngineSettings settings;
    private final Networks networks;
    private final Manifest.Semantic shape;
    private final EngineMonitor monitor;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Deque<Slot> waiting = new ArrayDeque<>();
    /** By row of the decoder; null where it is free. */
    private final Slot[] rows;
    /** Streams whose tokens are all decoded, and that still become audio or wait for their listener. */
    private final List<Slot> finishing = new ArrayList<>();
    private final Turn turn;
    private final Recovery recovery;
    private final RenderLoop renderer;
    private final Thread thread;
    private TokenDecoder decoder;
    /** Time that prefills have taken from those who could have stepped, and that these have not had yet. */
    private long owedToSteps;
    private int wastefulSteps;
    private EngineMonitor.Holdings told;
    /** Streams that have entered and not left. */
    private final AtomicInteger streams = new AtomicInteger();
    /** When each row was given to the stream that has it. */
    private final long[] rowSince;
    /** How long a stream has its row, of late. */
    private volatile long holdNanos;
    private volatile boolean closing;

    DecodeLoop(String model, EngineSettings settings, Networks networks, EngineMonitor monitor) {
        this.model = model;
        this.settings = settings;
        this.networks = networks;
        this.monitor = monitor;
        this.turn = new Turn(settings.runs());
        this.rows = new Slot[settings.slots()];
        this.rowSince = new long[settings.slots()];
        this.decoder = networks.newDecoder();
        this.shape = decoder.shape();
        this.recovery = new Recovery("semantic", this::renewDecoder);
        this.renderer = new RenderLoop(model, settings, networks, turn, this, monitor);
        this.thread = Thread.ofPlatform().name("decode-loop").start(this::decode);
    }

    /** Puts a stream into the queue. */
    void enter(Slot slot) {
        streams.incrementAndGet();
        inbox.add(() -> waiting.add(slot));
    }

    /** How long a stream that came now would wait for a row, by how long others have had theirs of late. */
    Duration expectedWait() {
        int ahead = streams.get() - rows.length + 1;
        return ahead <= 0 ? Duration.ZERO : Duration.ofNanos(holdNanos * ahead / rows.length);
    }

    /** Streams here, as a share of rows; above 1 where some wait. */
    double occupancy() {
        return (double) streams.get() / rows.length;
    }

    /** Tells the loop that something may have become possible. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            inbox.add(WAKE);
        }
    }

    @Override
    public void rendered(Slot slot, float[] samples) {
        inbox.add(() -> slot.rendered(samples));
    }

    @Override
    public void failed(Slot slot, Throwable failure) {
        inbox.add(() -> slot.fail(failure));
    }

    /** Why nothing can be decoded any more. */
    Optional<String> broken() {
        return recovery.broken().or(renderer::broken);
    }

    void render(Rendition rendition) {
        renderer.order(rendition);
    }

    Utterance utterance(Conditioning voice, Phrase phrase, SpeechOptions options, long seed, Tally tally) {
        Rendering rendering = networks.acoustic().begin(phrase.phones(), voice.style(), options.speed(), seed);
        return new Utterance(shape, decoder.capacity(), voice, phrase, options, seed, rendering, tally);
    }

    private void decode() {
        try {
            boolean worked = true;
            while (!closing) {
                readMessages(worked);
                letGo();
                fillRows();
                streams().forEach(Slot::takeUpSentence);
                worked = work();
                tellHoldings();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stop();
        }
    }

    /** Streams that have a row. */
    private Stream<Slot> streams() {
        return Arrays.stream(rows).filter(Objects::nonNull);
    }

    /** Waits for a message only if there is nothing else to do, and not for longer than deadlines allow. */
    private void readMessages(boolean worked) throws InterruptedException {
        Runnable message;
        if (worked) {
            message = inbox.poll();
        } else if (waiting.isEmpty() && finishing.isEmpty() && streams().findAny().isEmpty()) {
            message = inbox.take();
        } else {
            message = inbox.poll(TICK.toNanos(), TimeUnit.NANOSECONDS);
        }
        while (message != null) {
            if (message == WAKE) {
                woken.set(false);
            } else {
                message.run();
            }
            message = inbox.poll();
        }
    }

    /** Streams that have ended, or whose time is over, give their rows back. */
    private void letGo() {
        waiting.forEach(Slot::expire);
        waiting.removeIf(this::leaveIfEnded);
        finishing.forEach(Slot::expire);
        finishing.removeIf(slot -> {
            if (slot.isOver()) {
                leave(slot);
                return true;
            }
            return false;
        });
        for (int row = 0; row < rows.length; row++) {
            Slot slot = rows[row];
            if (slot != null) {
                slot.expire();
                if (slot.ended() || slot.isDecoded()) {
                    rows[row] = null;
                    long held = System.nanoTime() - rowSince[row];
                    holdNanos = holdNanos == 0 ? held : (3 * holdNanos + held) / 4;
                    decoder.forget(row);
                    finishing.add(slot);
                }
            }
        }
    }

    private boolean leaveIfEnded(Slot slot) {
        if (slot.ended()) {
            leave(slot);
            return true;
        }
        return false;
    }

    private void leave(Slot slot) {
        slot.leave();
        streams.decrementAndGet();
    }

    private void fillRows() {
        for (int row = 0; row < rows.length && !waiting.isEmpty(); row++) {
            if (rows[row] == null) {
                rows[row] = waiting.poll();
                rowSince[row] = System.nanoTime();
                rows[row].begin();
            }
        }
    }

    /** One unit of work, if there is any. */
    private boolean work() {
        int[] stepping = IntStream.range(0, rows.length).filter(row -> rows[row] != null && rows[row].canStep()).toArray();
        int[] joining = IntStream.range(0, rows.length).filter(row -> rows[row] != null && rows[row].canPrefill()).toArray();
        if (stepping.length == 0 && joining.length == 0) {
            turn.wants(Turn.Side.DECODE, Turn.NEVER);
            owedToSteps = 0;
            return false;
        }
        long now = System.nanoTime();
        Optional<Slot.Urgency> joiner = mostUrgent(joining, now);
        Optional<Slot.Urgency> stepper = mostUrgent(stepping, now);
        boolean prefill = joiner.isPresent() && (stepper.isEmpty() || owedToSteps <= 0);
        turn.wants(Turn.Side.DECODE, Stream.of(joiner, stepper).flatMap(Optional::stream).min(Comparator.naturalOrder()).orElseThrow().wantedBy());
        turn.take(Turn.Side.DECODE, prefill ? () -> prefill(joiner.orElseThrow().slot(), stepping.length > 0) : () -> step(stepping));
        return true;
    }

    private Optional<Slot.Urgency> mostUrgent(int[] candidates, long now) {
        return Arrays.stream(candidates).mapToObj(row -> rows[row].urgency(now)).min(Comparator.naturalOrder());
    }

    /** Those who could have stepped meanwhile get as much time before the next prefill. */
    private void prefill(Slot slot, boolean othersWait) {
        int row = Arrays.asList(rows).indexOf(slot);
        int positions = slot.prefillRows();
        long start = System.nanoTime();
        try {
            slot.prefill(decoder, row);
            recovery.succeeded();
        } catch (RuntimeException | Error e) {
            slot.fail(e);
            failed(e);
        }
        long took = System.nanoTime() - start;
        owedToSteps = othersWait ? took : 0;
        monitor.prefilled(model, positions, Duration.ofNanos(took));
    }

    private void step(int[] stepping) {
        int[] batch = closeRanks(stepping);
        int[] next = new int[batch[batch.length - 1] + 1];
        Arrays.fill(next, TokenDecoder.NONE);
        for (int row : batch) {
            next[row] = rows[row].lastToken();
        }
        long start = System.nanoTime();
        boolean together = stepTogether(next);
        for (int row : batch) {
            Slot slot = rows[row];
            if (together || stepAlone(row, next[row])) {
                slot.stepped(decoder.scores(row), Duration.ofNanos((System.nanoTime() - start) / batch.length));
            }
        }
        long took = System.nanoTime() - start;
        owedToSteps -= took;
        monitor.stepped(model, batch.length, Duration.ofNanos(took));
    }

    private boolean stepTogether(int[] next) {
        try {
            decoder.step(next);
            recovery.succeeded();
            return true;
        } catch (RuntimeException | Error e) {
            return false; // one of them is at fault, and is found by stepping alone
        }
    }

    private boolean stepAlone(int row, int next) {
        Slot slot = rows[row];
        if (slot.ended()) {
            return false; // the decoder was made anew in between
        }
        try {
            decoder.stepAlone(row, next);
            recovery.succeeded();
            return true;
        } catch (RuntimeException | Error e) {
            slot.fail(e);
            failed(e);
            return false;
        }
    }

    /**
     * Rows that stand still between those that go on are computed for nothing. After a while the last row that goes on takes the place of
     * the first that does not.
     *
     * @return the rows that go on
     */
    private int[] closeRanks(int[] stepping) {
        int last = stepping[stepping.length - 1];
        wastefulSteps = last + 1 > stepping.length ? wastefulSteps + 1 : 0;
        if (wastefulSteps <= PATIENCE) {
            return stepping;
        }
        int gap = IntStream.range(0, last).filter(row -> Arrays.binarySearch(stepping, row) < 0).findFirst().orElseThrow();
        decoder.exchange(gap, last);
        Slot moved = rows[last];
        rows[last] = rows[gap];
        rows[gap] = moved;
        long since = rowSince[last];
        rowSince[last] = rowSince[gap];
        rowSince[gap] = since;
        return IntStream.concat(Arrays.stream(stepping).filter(row -> row != last), IntStream.of(gap)).sorted().toArray();
    }

    private void failed(Throwable failure) {
        boolean ownFault = failure instanceof UtterException.InvalidInput;
        if (!ownFault && recovery.failed(failure)) {
            monitor.broke(model, recovery.broken().isEmpty());
        }
    }

    /** All that was in the caches is lost. */
    private void renewDecoder() {
        streams().forEach(slot -> slot.fail(new UtterException.Failed("inference_failed", "the speech could not be made", null)));
        decoder.close();
        networks.renewSemantic();
        decoder = networks.newDecoder();
    }

    private void tellHoldings() {
        int active = (int) streams().count();
        EngineMonitor.Holdings now = new EngineMonitor.Holdings(rows.length, active, waiting.size(),
                (int) streams().filter(Slot::isHeldUp).count(), decoder.cacheBytes());
        if (!now.equals(told)) {
            told = now;
            monitor.holds(model, now);
        }
    }

    private void stop() {
        turn.wants(Turn.Side.DECODE, Turn.NEVER);
        UtterException.Unavailable stopped = new UtterException.Unavailable("shutting_down", "the server is stopping", Duration.ofSeconds(5));
        inbox.forEach(Runnable::run);
        Stream.of(waiting.stream(), streams(), finishing.stream()).flatMap(slots -> slots).forEach(slot -> slot.fail(stopped));
        decoder.close();
    }

    /** Ends the running streams with an error, and the threads. */
    @Override
    public void close() {
        closing = true;
        wake();
        renderer.close();
        try {
            renderer.join(GRACE);
            thread.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
