package io.utter.voice;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something large that is opened when it is needed, stays for a while after its last use, and is then closed: voices tend to be added one after
 * the other.
 */
final class Lingering<T extends AutoCloseable> implements AutoCloseable {
    private final Supplier<T> opening;
    private final Duration linger;
    private T open; // this and the rest: guarded by this
    private int users;
    private long uses;

    Lingering(Supplier<T> opening, Duration linger) {
        this.opening = opening;
        this.linger = linger;
    }

    /** Does something with it; several may at the same time. */
    <R> R use(Function<T, R> work) {
        T it;
        synchronized (this) {
            if (open == null) {
                open = opening.get();
            }
            users++;
            it = open;
        }
        try {
            return work.apply(it);
        } finally {
            synchronized (this) {
                users--;
                long use = ++uses;
                Thread.ofVirtual().name("linger").start(() -> closeAfter(use));
            }
        }
    }

    private void closeAfter(long use) {
        try {
            Thread.sleep(linger);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (use == uses && users == 0) {
                close();
            }
        }
    }

    /** To be called when nobody uses it. */
    @Override
    public synchronized void close() {
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            open = null;
        }
    }
}
