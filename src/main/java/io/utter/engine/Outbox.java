package io.utter.engine;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands chunks to one subscriber, as it asks for them, on a thread of the subscriber's own: whatever it does there, including blocking
 * and throwing, stays with it. Signals are serial (Reactive Streams 1.3).
 */
final class Outbox implements Flow.Subscription {
    private final Runnable changed;
    private final Queue<float[]> chunks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong demand = new AtomicLong();
    private final AtomicInteger work = new AtomicInteger();
    private volatile Flow.Subscriber<? super float[]> subscriber;
    private volatile boolean ended;
    private volatile Throwable failure;
    private volatile boolean cancelled;
    private volatile boolean closed;
    /** When the oldest waiting chunk came to be the oldest. */
    private volatile long waitingSince;

    /** @param changed called from any thread after demand, delivery or cancellation */
    Outbox(Runnable changed) {
        this.changed = changed;
    }

    void subscribe(Flow.Subscriber<? super float[]> subscriber) {
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    boolean cancelled() {
        return cancelled;
    }

    boolean wanted() {
        return demand.get() > 0;
    }

    /** Chunks that the subscriber has not taken. */
    int waiting() {
        return waiting.get();
    }

    /** For how long a chunk has been there that the subscriber does not take. */
    Duration stalled() {
        return waiting.get() == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - waitingSince);
    }

    /** Whether everything that was offered has been taken, and the end been told. */
    boolean delivered() {
        return closed || cancelled;
    }

    void offer(float[] chunk) {
        if (waiting.getAndIncrement() == 0) {
            waitingSince = System.nanoTime();
        }
        chunks.add(chunk);
        drain();
    }

    /** After what was offered, the end: with an error, or well if there is none. */
    void end(Throwable failure) {
        this.failure = failure;
        this.ended = true;
        drain();
    }

    /** The end, with an error, now: what was offered and not taken is thrown away. */
    void abort(Throwable failure) {
        chunks.clear();
        end(failure);
    }

    @Override
    public void request(long n) {
        if (n <= 0) {
            end(new IllegalArgumentException("demand must be positive (Reactive Streams 3.9)"));
            cancelled = true;
        } else {
            demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            drain();
        }
        changed.run();
    }

    @Override
    public void cancel() {
        cancelled = true;
        chunks.clear();
        changed.run();
    }

    private void drain() {
        if (work.getAndIncrement() == 0) {
            Thread.startVirtualThread(this::deliver);
        }
    }

    private void deliver() {
        int seen = 1;
        do {
            try {
                deliverWanted();
            } catch (RuntimeException | Error e) {
                cancel(); // rule 2.13: a subscriber that throws has left
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void deliverWanted() {
        while (!cancelled && demand.get() > 0) {
            float[] chunk = chunks.poll();
            if (chunk == null) {
                break;
            }
            demand.decrementAndGet();
            waitingSince = System.nanoTime();
            waiting.decrementAndGet();
            subscriber.onNext(chunk);
            changed.run();
        }
        if (ended && !closed && chunks.isEmpty() && (!cancelled || failure instanceof IllegalArgumentException)) {
            closed = true;
            changed.run();
            if (failure == null) {
                subscriber.onComplete();
            } else {
                subscriber.onError(failure);
            }
        }
    }
}
