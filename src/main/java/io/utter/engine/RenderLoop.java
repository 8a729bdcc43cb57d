package io.utter.engine;

import io.utter.error.UtterException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The threads that make audio of what the decode loop orders. Each stream's chunks are made in their order; among streams the one goes
 * first whose listener will first have nothing to hear, and a first chunk before all that are not urgent. Chunks of other streams that
 * have the same extent are made in the same run. Several threads work for different streams.
 */
final class RenderLoop implements AutoCloseable {

    /** Takes what was made. Called on the render loop's thread. */
    interface Receiver {
        void rendered(Slot slot, float[] samples);

        void failed(Slot slot, Throwable failure);
    }

    private record Work(Rendition rendition, AcousticStage.Piece piece) {}

    private final String model;
    private final EngineSettings settings;
    private final Supplier<AcousticStage> stage;
    private final Turn turn;
    private final Receiver receiver;
    private final Recovery recovery;
    private final EngineMonitor monitor;
    /** Orders by stream; guarded by this. */
    private final Map<Slot, Deque<Rendition>> orders = new IdentityHashMap<>();
    /** Streams of which a chunk is being made, which the next one has to join; guarded by this. */
    private final Set<Slot> inWork = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Many compute, or one loads networks anew. */
    private final ReadWriteLock networksInUse = new ReentrantReadWriteLock();
    private final List<Thread> threads = new ArrayList<>();

    RenderLoop(String model, EngineSettings settings, Networks networks, Turn turn, Receiver receiver, EngineMonitor monitor) {
        this.model = model;
        this.settings = settings;
        this.stage = networks::acoustic;
        this.turn = turn;
        this.receiver = receiver;
        this.recovery = new Recovery("acoustic", () -> renew(networks));
        this.monitor = monitor;
        for (int i = 0; i < settings.runs(); i++) {
            threads.add(Thread.ofPlatform().name("acoustic-stage-" + i).start(this::run));
        }
    }

    private void renew(Networks networks) {
        networksInUse.writeLock().lock();
        try {
            networks.renewAcoustic();
        } finally {
            networksInUse.writeLock().unlock();
        }
    }

    synchronized void order(Rendition rendition) {
        orders.computeIfAbsent(rendition.slot(), slot -> new ArrayDeque<>()).add(rendition);
        notifyAll();
    }

    Optional<String> broken() {
        return recovery.broken();
    }

    private void run() {
        try {
            while (true) {
                awaitOrder();
                turn.take(Turn.Side.ACOUSTIC, this::makeMostUrgent);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    /** Waits for something to do. */
    private synchronized void awaitOrder() throws InterruptedException {
        while (!sayWhatIsWanted()) {
            wait();
        }
    }

    /** Tells when the most urgent of what is not in work is wanted, if there is any. */
    private boolean sayWhatIsWanted() {
        List<Slot.Urgency> open = byUrgency();
        turn.wants(Turn.Side.ACOUSTIC, open.isEmpty() ? Turn.NEVER : open.getFirst().wantedBy());
        return !open.isEmpty();
    }

    private void makeMostUrgent() {
        List<Work> batch = takeBatch();
        if (!batch.isEmpty()) {
            try {
                make(batch);
            } finally {
                done(batch);
            }
        }
    }

    /** The most urgent stream's next chunk, and others' next chunks that can be made with it. */
    private synchronized List<Work> takeBatch() {
        orders.keySet().stream().filter(Slot::ended).toList().forEach(this::drop);
        List<Work> batch = new ArrayList<>();
        for (Slot.Urgency urgency : byUrgency()) {
            Slot slot = urgency.slot();
            Rendition next = orders.get(slot).peek();
            Work work = new Work(next, next.piece());
            boolean fits = batch.isEmpty() || batch.size() < settings.acousticBatch()
                    && work.piece.chunk().extent().equals(batch.getFirst().piece.chunk().extent());
            if (fits) {
                batch.add(work);
                inWork.add(slot);
                orders.get(slot).poll();
                if (orders.get(slot).isEmpty()) {
                    orders.remove(slot);
                }
            }
            if (batch.getFirst().piece.chunk().isEmpty()) {
                break; // nothing to compute, nothing to share
            }
        }
        sayWhatIsWanted();
        return batch;
    }

    /** Streams whose next chunk can be made, the most urgent first. */
    private List<Slot.Urgency> byUrgency() {
        long now = System.nanoTime();
        return orders.keySet().stream().filter(slot -> !inWork.contains(slot)).map(slot -> slot.urgency(now)).sorted().toList();
    }

    private synchronized void done(List<Work> batch) {
        batch.forEach(work -> inWork.remove(work.rendition.slot()));
        notifyAll();
    }

    /** What is ordered for a stream that has ended is not made; the loop waits for no answer to it. */
    private void drop(Slot slot) {
        orders.remove(slot);
    }

    private void make(List<Work> batch) {
        if (batch.getFirst().piece.chunk().isEmpty()) {
            receiver.rendered(batch.getFirst().rendition.slot(), batch.getFirst().rendition.withSilence(new float[0]));
            return;
        }
        try {
            compute(batch);
        } catch (RuntimeException | Error e) {
            if (batch.size() > 1) {
                batch.forEach(work -> make(List.of(work))); // so that the one at fault fails alone
            } else {
                failed(batch.getFirst().rendition.slot(), e);
            }
        }
    }

    private void compute(List<Work> batch) {
        long start = System.nanoTime();
        List<float[]> made;
        networksInUse.readLock().lock();
        try {
            made = stage.get().samples(batch.stream().map(Work::piece).toList());
        } finally {
            networksInUse.readLock().unlock();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        recovery.succeeded();
        monitor.rendered(model, batch.size(), took);
        for (int i = 0; i < batch.size(); i++) {
            Work work = batch.get(i);
            Slot slot = work.rendition.slot();
            slot.tally.rendering(took.dividedBy(batch.size()));
            try {
                float[] samples = work.rendition.audio(work.piece, made.get(i));
                slot.tally.rendered(samples.length);
                receiver.rendered(slot, samples);
            } catch (RuntimeException e) {
                receiver.failed(slot, e);
            }
        }
    }

    private void failed(Slot slot, Throwable failure) {
        if (recovery.failed(failure)) {
            monitor.broke(model, recovery.broken().isEmpty());
        }
        receiver.failed(slot, failure instanceof UtterException ? failure
                : new UtterException.Failed("inference_failed", "the audio could not be made", failure));
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    void join(Duration grace) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(grace);
        }
    }
}
