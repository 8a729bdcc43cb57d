package io.utter.knative;

import java.util.concurrent.Semaphore;

/** As many slots as the container's concurrency, and a queue of ten times as many, first in, first out. */
final class Breaker {
    private static final int QUEUE_FACTOR = 10;
    private static final int UNBOUNDED = 1 << 24;

    private final int capacity;
    private final Semaphore inside;
    private final Semaphore slots;

    Breaker(int containerConcurrency) {
        int concurrency = containerConcurrency == 0 ? UNBOUNDED : containerConcurrency;
        capacity = (QUEUE_FACTOR + 1) * concurrency;
        inside = new Semaphore(capacity);
        slots = new Semaphore(concurrency, true);
    }

    /** Takes a place. False: all are taken. */
    boolean enter() {
        return inside.tryAcquire();
    }

    /** Who has a place waits here for a slot. */
    void awaitSlot() throws InterruptedException {
        slots.acquire();
    }

    void freeSlot() {
        slots.release();
    }

    void leave() {
        inside.release();
    }

    int inside() {
        return capacity - inside.availablePermits();
    }
}
