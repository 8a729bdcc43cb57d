package io.utter.engine;

import io.utter.error.UtterException;
import io.utter.model.SemanticModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The thread that decodes. It owns all slots; others send it messages. Again and again it reads its messages, fills free slots with the
 * streams that have waited longest, and gives each slot that can go on one unit of work. Beside it a second thread makes audio, the
 * first chunks of streams before all others.
 */
final class DecodeLoop implements AutoCloseable {
    private static final Runnable WAKE = () -> {};
    private static final Duration GRACE = Duration.ofSeconds(10);

    private record Order(boolean first, long number, Rendition rendition) {}

    private final EngineSettings settings;
    private final SemanticModel semantic;
    private final AcousticStage acoustic;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Deque<Slot> waiting = new ArrayDeque<>();
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<SemanticModel.Sequence> idle = new ArrayDeque<>();
    private final BlockingQueue<Order> orders =
            new PriorityBlockingQueue<>(16, Comparator.comparing(Order::first).reversed().thenComparing(Order::number));
    private final AtomicLong orderNumber = new AtomicLong();
    /** Without overlap: held by whichever thread computes. Fair, so that a chunk of audio waits for one decode step at most. */
    private final Semaphore turn = new Semaphore(1, true);
    private final Thread decoder;
    private final Thread renderer;
    private volatile boolean closing;

    DecodeLoop(EngineSettings settings, SemanticModel semantic, AcousticStage acoustic) {
        this.settings = settings;
        this.semantic = semantic;
        this.acoustic = acoustic;
        this.decoder = Thread.ofPlatform().name("decode-loop").start(this::decode);
        this.renderer = Thread.ofPlatform().name("acoustic-stage").start(this::makeAudio);
    }

    /** Puts a stream into the queue. */
    void enter(Slot slot) {
        inbox.add(() -> waiting.add(slot));
    }

    /** Tells the loop that something may have become possible. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            inbox.add(WAKE);
        }
    }

    void render(Rendition rendition) {
        orders.add(new Order(rendition.chunk() == 0, orderNumber.getAndIncrement(), rendition));
    }

    Utterance utterance(SemanticModel.Sequence sequence, Conditioning voice, Phrase phrase, SpeechOptions options, long seed, Tally tally) {
        AcousticStage.Rendering rendering = acoustic.begin(phrase.phones(), voice.style(), options.speed(), seed);
        return new Utterance(sequence, semantic.shape(), voice, phrase, options, seed, rendering, tally);
    }

    void compute(Runnable work) {
        if (settings.overlap()) {
            work.run();
            return;
        }
        turn.acquireUninterruptibly();
        try {
            work.run();
        } finally {
            turn.release();
        }
    }

    private void decode() {
        try {
            while (!closing) {
                readMessages();
                fillSlots();
                for (Slot slot : slots) {
                    if (slot.canAdvance()) {
                        slot.advance();
                    }
                }
                slots.removeIf(this::leaveIfEnded);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            UtterException.Unavailable stopped = new UtterException.Unavailable("shutting_down", "the server is stopping",
                    Duration.ofSeconds(5));
            inbox.forEach(Runnable::run);
            waiting.forEach(slot -> slot.fail(stopped));
            slots.forEach(slot -> slot.fail(stopped));
            slots.forEach(slot -> slot.release().ifPresent(SemanticModel.Sequence::close));
            idle.forEach(SemanticModel.Sequence::close);
        }
    }

    /** Waits for a message only if there is nothing else to do. */
    private void readMessages() throws InterruptedException {
        boolean busy = slots.stream().anyMatch(Slot::canAdvance) || slots.size() < settings.slots() && !waiting.isEmpty();
        Runnable message = busy ? inbox.poll() : inbox.take();
        while (message != null) {
            if (message == WAKE) {
                woken.set(false);
            } else {
                message.run();
            }
            message = inbox.poll();
        }
    }

    private void fillSlots() {
        waiting.removeIf(slot -> {
            boolean left = slot.ended();
            if (left) {
                slot.leave();
            }
            return left;
        });
        while (slots.size() < settings.slots() && !waiting.isEmpty()) {
            Slot slot = waiting.poll();
            slot.begin(idle.isEmpty() ? semantic.newSequence() : idle.pop());
            slots.add(slot);
        }
    }

    private boolean leaveIfEnded(Slot slot) {
        if (!slot.ended()) {
            return false;
        }
        slot.leave();
        slot.release().ifPresent(idle::push);
        return true;
    }

    private void makeAudio() {
        try {
            while (true) {
                Rendition rendition = orders.take().rendition();
                Slot slot = rendition.slot();
                try {
                    float[][] samples = {new float[0]};
                    if (!slot.ended()) {
                        compute(() -> samples[0] = rendition.render());
                    }
                    inbox.add(() -> slot.rendered(samples[0]));
                } catch (RuntimeException | Error e) {
                    inbox.add(() -> slot.fail(e));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        }
    }

    /** Ends the running streams with an error, and the threads. */
    @Override
    public void close() {
        closing = true;
        wake();
        renderer.interrupt();
        try {
            renderer.join(GRACE);
            decoder.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
