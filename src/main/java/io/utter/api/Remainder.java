package io.utter.api;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What a listener has asked for, and what remains for it at the end, when nothing more comes by itself: that is sent as it is asked for, and then the
 * end is told, once. Safe for use by many threads; nothing is held while others are called.
 */
final class Remainder {
    private static final Runnable NOTHING = () -> {};

    private final Consumer<byte[]> send;
    private final AtomicInteger atIt = new AtomicInteger();
    private final Queue<byte[]> pieces = new ArrayDeque<>(); // this and the next three: guarded by this
    private Optional<Runnable> end = Optional.empty();
    private long demand;
    private boolean unwanted;

    Remainder(Consumer<byte[]> send) {
        this.send = send;
    }

    /**
     * The listener wants so many pieces more.
     *
     * @return whether it gets them from here
     */
    boolean request(long n) {
        synchronized (this) {
            demand += n;
            if (end.isEmpty()) {
                return false;
            }
        }
        go();
        return true;
    }

    /** The listener has got one otherwise. */
    synchronized void served() {
        demand--;
    }

    /** Nothing more comes but this; then the end. */
    void add(List<byte[]> last, Runnable then) {
        synchronized (this) {
            last.stream().filter(bytes -> bytes.length > 0 && !unwanted).forEach(pieces::add);
            end = Optional.of(then);
        }
        go();
    }

    /** Nobody wants anything any more. */
    synchronized void drop() {
        unwanted = true;
        pieces.clear();
    }

    /** One thread at a time; what is asked for meanwhile is sent by the one that is at it. */
    private void go() {
        if (atIt.getAndIncrement() == 0) {
            do {
                for (Optional<byte[]> next = next(); next.isPresent(); next = next()) {
                    send.accept(next.get());
                }
                then().run();
            } while (atIt.decrementAndGet() > 0);
        }
    }

    private synchronized Optional<byte[]> next() {
        if (demand == 0 || pieces.isEmpty() || unwanted) {
            return Optional.empty();
        }
        demand--;
        return Optional.of(pieces.remove());
    }

    private synchronized Runnable then() {
        if (!pieces.isEmpty() || unwanted) {
            return NOTHING;
        }
        Runnable then = end.orElse(NOTHING);
        end = Optional.of(NOTHING);
        return then;
    }
}
